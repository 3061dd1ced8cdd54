import { join } from "node:path";
import { saveReplayBuffer, type ReplayBuffer, type Rollout } from "@tau2/gym/training";
import { isTestRollout, groupByTask, getReplayBuffer, type TaskGroup } from "@tau2/gym/internal";
import type { RolloutRun } from "./rollout-run.ts";
import { writeFileAtomic } from "@tau2/orchestrator/internal";

/** A replay buffer as the configuration wants it. */
export function createBuffer({ composed }: Pick<RolloutRun, "composed">): ReplayBuffer {
  const { name, max_size: maxSize } = composed.replay_buffer.values;
  return getReplayBuffer(name, { maxSize });
}

/** Adds what may be learnt from. */
export function addToBuffer(
  { batch, returns }: Pick<RolloutRun, "batch" | "returns">,
  buffer: ReplayBuffer,
  rollouts: readonly Rollout[],
): void {
  for (const { group } of getLearnableGroups({ batch, returns }, rollouts)) buffer.addTrajectoryGroup(group);
}

/** Returns the trainable groups by task: graded episodes of tasks outside the test list. */
function getLearnableGroups({ batch, returns }: Pick<RolloutRun, "batch" | "returns">, rollouts: readonly Rollout[]): TaskGroup[] {
  const learnable = rollouts.filter((rollout) => rollout.split === "train" && !isTestRollout(batch.run, rollout));
  return groupByTask(learnable, returns);
}

/** Returns the folder of a run's buffer. */
export function getBufferFolder({ checkpoints }: Pick<RolloutRun, "checkpoints">, best = false): string {
  return join(checkpoints, best ? "replay_buffer_best" : "replay_buffer");
}

/** Saves a buffer of all of these rollouts, unless there is nothing in it. */
export async function fillBuffer(run: RolloutRun, rollouts: readonly Rollout[]): Promise<void> {
  const buffer = createBuffer(run);
  addToBuffer(run, buffer, rollouts);
  if (buffer.length > 0) await saveReplayBuffer(buffer, getBufferFolder(run));
}

/**
 * Writes the steps of every N-th batch to a file of their own, one a line, without ids and log-probabilities (docs/spec/act-prm.md#14). Tasks that are
 * there to test with are not among them.
 */
export async function saveSteps(run: RolloutRun, batch: number, rollouts: readonly Rollout[]): Promise<void> {
  const every = run.composed.trainer.values.save_rollouts_every ?? 0;
  if (every === 0 || (batch + 1) % every !== 0) return;
  const steps = getLearnableGroups(run, rollouts).flatMap(({ group }) => group.trajectories.flatMap(({ episode_steps }) => episode_steps));
  const lines = steps.map(({ state_action_tokens: _ids, old_logprobs: _logprobs, ...step }) => `${JSON.stringify(step)}\n`);
  await writeFileAtomic(join(run.folder, `steps-b${String(batch).padStart(3, "0")}.jsonl`), lines);
}
