import { Tau2Error } from "@tau2/domains";
import type { EpisodeStep } from "./episode-step.ts";

/** An episode with its returns (docs/spec/act-prm.md#12). */
export interface RolloutTrajectory {
  /** With `return_` computed. */
  episode_steps: readonly EpisodeStep[];
  try_step: number;
  discount_factor: number;
  final_reward: number;
  returns: readonly number[];
  first_return: number;
  /** Whether the final reward is 1. */
  correct: boolean;
  /** Of the last step. */
  last_state_len: number;
  /** Of the last step. */
  action_prob: number;
}

/** What a trajectory is made of. */
export interface TrajectoryParts {
  episode_steps: readonly EpisodeStep[];
  discount_factor: number;
  final_reward: number;
  /** By default 0. */
  try_step?: number;
  /** What is expected to come after the last step, where that does not end the episode. By default 0. */
  last_value?: number;
}

/**
 * Discounts rewards from the end, a step that ends an episode cutting off what comes after it. Returns that were computed before stay.
 * @throws Tau2Error `invalid` when there is no step, or a step's reward is not known
 */
export function createRolloutTrajectory({
  episode_steps,
  discount_factor,
  final_reward,
  try_step = 0,
  last_value = 0,
}: TrajectoryParts): RolloutTrajectory {
  const last = episode_steps.at(-1);
  if (!last) throw new Tau2Error("invalid", "a trajectory has at least one step");
  const steps = last.return_is_computed ? episode_steps : withReturns(episode_steps, discount_factor, last_value);
  const returns = steps.map((step) => step.return_);
  return {
    episode_steps: steps,
    try_step,
    discount_factor,
    final_reward,
    returns,
    first_return: returns[0]!,
    correct: final_reward === 1,
    last_state_len: last.state_len,
    action_prob: last.action_prob,
  };
}

function withReturns(steps: readonly EpisodeStep[], discount: number, lastValue: number): EpisodeStep[] {
  let following = lastValue;
  return steps
    .toReversed()
    .map((step) => {
      if (step.reward === null) throw new Tau2Error("invalid", `the reward of step ${step.timestep} is unknown: a fault ended the episode`);
      following = step.reward + discount * following * (step.done ? 0 : 1);
      return { ...step, return_: following, return_is_computed: true };
    })
    .toReversed();
}
