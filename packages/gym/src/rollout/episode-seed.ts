import { hashText } from "@tau2/domains/internal";
import { rolloutId, type RolloutKey } from "./rollout-record.ts";

/** The seed of a policy in one episode: another one in each, so that attempts at the same task differ, and the same when it is run again. */
export function episodeSeed(seed: number, key: RolloutKey): number {
  return Number.parseInt(hashText(`${seed}/${rolloutId(key)}`).slice(0, 7), 16);
}
