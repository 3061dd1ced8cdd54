import { join } from "node:path";
import type { Rollout } from "@tau2/gym/training";
import { writeFileAtomic } from "@tau2/orchestrator";
import { learnableGroups } from "./fill-buffer.ts";
import type { RolloutRun } from "./rollout-run.ts";

/**
 * Writes the steps of every N-th batch to a file of their own, one a line, without ids and log-probabilities (docs/spec/act-prm.md#14). Tasks that are
 * there to test with are not among them.
 */
export async function saveSteps(run: RolloutRun, batch: number, rollouts: readonly Rollout[]): Promise<void> {
  const every = run.composed.trainer.values.save_rollouts_every ?? 0;
  if (every === 0 || (batch + 1) % every !== 0) return;
  const steps = learnableGroups(run, rollouts).flatMap(({ group }) => group.trajectories.flatMap(({ episode_steps }) => episode_steps));
  const lines = steps.map(({ state_action_tokens: _ids, old_logprobs: _logprobs, ...step }) => `${JSON.stringify(step)}\n`);
  await writeFileAtomic(join(run.folder, `steps-b${String(batch).padStart(3, "0")}.jsonl`), lines);
}
