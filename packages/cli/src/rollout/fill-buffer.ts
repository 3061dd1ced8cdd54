import { join } from "node:path";
import { getReplayBuffer, saveReplayBuffer, type ReplayBuffer, type Rollout, type TaskGroup } from "@tau2/gym/training";
import { isTestRollout, groupByTask } from "@tau2/gym/internal";
import type { RolloutRun } from "./rollout-run.ts";

/** A replay buffer as the configuration wants it. */
export function newBuffer({ composed }: Pick<RolloutRun, "composed">): ReplayBuffer {
  const { name = "default", max_size: maxSize } = composed.replay_buffer.values;
  return getReplayBuffer(name, { maxSize });
}

/** Adds what may be learnt from. */
export function addToBuffer(
  { batch, returns }: Pick<RolloutRun, "batch" | "returns">,
  buffer: ReplayBuffer,
  rollouts: readonly Rollout[],
): void {
  for (const { group } of learnableGroups({ batch, returns }, rollouts)) buffer.addTrajectoryGroup(group);
}

/** What may be learnt from, by task: graded episodes of tasks that are not there to test with. */
export function learnableGroups({ batch, returns }: Pick<RolloutRun, "batch" | "returns">, rollouts: readonly Rollout[]): TaskGroup[] {
  const learnable = rollouts.filter((rollout) => rollout.split === "train" && !isTestRollout(batch.run, rollout));
  return groupByTask(learnable, returns);
}

/** Where a run's buffer is saved. */
export function bufferFolder({ checkpoints }: Pick<RolloutRun, "checkpoints">, best = false): string {
  return join(checkpoints, best ? "replay_buffer_best" : "replay_buffer");
}

/** Saves a buffer of all of these rollouts, unless there is nothing in it. */
export async function fillBuffer(run: RolloutRun, rollouts: readonly Rollout[]): Promise<void> {
  const buffer = newBuffer(run);
  addToBuffer(run, buffer, rollouts);
  if (buffer.length > 0) await saveReplayBuffer(buffer, bufferFolder(run));
}
