import type { Rollout } from "./rollout-record.ts";

/** How far a run is. */
export interface RolloutTotals {
  planned: number;
  running: number;
  /** With and without a reward, those of an earlier run among them. */
  done: number;
  /** Of those, without a reward. */
  failed: number;
  /** Of those, with a reward of 1. */
  correct: number;
  /** Of those that have one. */
  reward_sum: number;
  /** Turns of the policy in all of them. */
  steps: number;
}

/** Before anything is done. */
export function noRollouts(planned: number): RolloutTotals {
  return { planned, running: 0, done: 0, failed: 0, correct: 0, reward_sum: 0, steps: 0 };
}

/** With one more that is done. */
export function withRollout(totals: RolloutTotals, { final_reward, episode_steps }: Rollout): RolloutTotals {
  return {
    ...totals,
    done: totals.done + 1,
    failed: totals.failed + (final_reward === null ? 1 : 0),
    correct: totals.correct + (final_reward === 1 ? 1 : 0),
    reward_sum: totals.reward_sum + (final_reward ?? 0),
    steps: totals.steps + episode_steps.length,
  };
}
