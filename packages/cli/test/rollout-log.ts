import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RolloutLogEntry, PackedRollout } from "@tau2/gym/internal";

/** The whole lines of a run's log, as they are on the disk. */
export function entriesIn(folder: string): RolloutLogEntry[] {
  const text = readFileSync(join(folder, "rollouts.jsonl"), "utf8");
  const lines = text.slice(0, text.lastIndexOf("\n")).split("\n");
  return lines.filter((each) => each !== "").map((each) => JSON.parse(each) as RolloutLogEntry);
}

/** The rollouts in it, in the order in which they were stored. */
export function rolloutsIn(folder: string): PackedRollout[] {
  return entriesIn(folder).flatMap((entry) => (entry.kind === "rollout" ? [entry.rollout] : []));
}
