import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { peerEnvironment, type Peer } from "./peer.ts";

/** Runs a script of the folder `bench/peer` in the peer's environment: a JSON value in, a JSON value out. @throws Error with its last line */
export async function runPeer(peer: Pick<Peer, "python">, script: string, input: unknown): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "tau2-peer-"));
  try {
    const [work, result] = [join(folder, "work.json"), join(folder, "result.json")];
    writeFileSync(work, JSON.stringify(input));
    // Seen from the built bench, which is in `dist`.
    const path = fileURLToPath(new URL(`../peer/${script}`, import.meta.url));
    await promisify(execFile)(peer.python, [path, work, result], { env: peerEnvironment(), maxBuffer: 2 ** 28 });
    return JSON.parse(readFileSync(result, "utf8"));
  } catch (failed) {
    const said = (failed as { stderr?: string }).stderr?.trim().split("\n").at(-1);
    throw new Error(`the peer's ${script} failed: ${said ?? String(failed)}`, { cause: failed });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
