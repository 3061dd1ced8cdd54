import { Tau2Error } from "@tau2/domains";
import type { RolloutKey } from "./rollout-record.ts";

/** Which episodes a run has. */
export interface RolloutPlan {
  /** First task's place in its list. By default 0. */
  startIdx?: number | undefined;
  /** How many tasks. By default as many as the list has. */
  numTasks?: number | undefined;
  /** Attempts at each task. By default 1. */
  groupSize?: number | undefined;
  /** How often all of it is played. By default 1. */
  numTries?: number | undefined;
}

/** The episodes of a run: try by try, task by task, attempt by attempt. @throws Tau2Error `invalid` for counts that make no sense */
export function planRollouts(plan: RolloutPlan, split: RolloutKey["split"], tasks: number): RolloutKey[] {
  const { startIdx = 0, numTasks = tasks, groupSize = 1, numTries = 1 } = plan;
  for (const [name, count] of Object.entries({ numTasks, groupSize, numTries })) {
    if (!Number.isSafeInteger(count) || count < 1) throw new Tau2Error("invalid", `${name} must be a whole number from 1: got ${count}`);
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
  return upTo(numTries).flatMap((try_step) =>
    upTo(numTasks).flatMap((task) =>
      upTo(groupSize).map((generation_id) => ({ split, sample_id: startIdx + task, generation_id, try_step })),
    ),
  );
}
