import { Tau2Error } from "@tau2/domains";
import type { RolloutTrajectory } from "./trajectory.ts";

/** Several attempts at one task, with what each step was worth compared with the others (docs/spec/act-prm.md#12). */
export interface TrajectoryGroup {
  /** With `advantage` computed in their steps. */
  trajectories: readonly RolloutTrajectory[];
  final_rewards: readonly number[];
  first_returns: readonly number[];
  /** One list of a step each for every trajectory. */
  advantages: readonly (readonly number[])[];
}

/** How advantages are made. */
export interface GroupOptions {
  /** Plain (default): the returns. Mean-centred: the final reward less the group's mean, discounted from the end. */
  mean_center?: boolean;
  /** Used when mean-centred. By default 1. */
  discount_factor?: number;
  /** In place of the trajectories' own for the group's mean; where none are given, their own. */
  final_rewards?: readonly number[] | null;
}

/** Attempts at one task as a group. Unlike in the original, mean-centred advantages reach the steps for a discount factor of 1 as well. */
export function groupTrajectories(trajectories: readonly RolloutTrajectory[], options: GroupOptions = {}): TrajectoryGroup {
  const { mean_center = false, discount_factor = 1 } = options;
  const given = options.final_rewards ?? [];
  if (given.length > 0 && given.length !== trajectories.length) {
    throw new Tau2Error("invalid", `there are ${given.length} final rewards for ${trajectories.length} trajectories`);
  }
  const final_rewards = given.length > 0 ? given : trajectories.map(({ final_reward }) => final_reward);
  const mean = final_rewards.reduce((sum, reward) => sum + reward, 0) / final_rewards.length;
  const advantages = trajectories.map(({ returns, final_reward }) =>
    mean_center ? returns.map((_, t) => (final_reward - mean) * discount_factor ** (returns.length - t - 1)) : returns,
  );
  return {
    trajectories: trajectories.map((trajectory, i) => withAdvantages(trajectory, advantages[i]!)),
    final_rewards,
    first_returns: trajectories.map(({ first_return }) => first_return),
    advantages,
  };
}

function withAdvantages(trajectory: RolloutTrajectory, advantages: readonly number[]): RolloutTrajectory {
  const steps = trajectory.episode_steps.map((step, t) =>
    Object.assign({}, step, { advantage: advantages[t]!, advantage_is_computed: true }),
  );
  return { ...trajectory, episode_steps: steps };
}

/** The k best by their first return, best first, equal ones in their order. Advantages stay what they were in the whole group. */
export function keepTopK(group: TrajectoryGroup, k: number): TrajectoryGroup {
  const order = group.first_returns.map((_, i) => i).toSorted((a, b) => group.first_returns[b]! - group.first_returns[a]!);
  const best = order.slice(0, k);
  return {
    trajectories: best.map((i) => group.trajectories[i]!),
    final_rewards: best.map((i) => group.final_rewards[i]!),
    first_returns: best.map((i) => group.first_returns[i]!),
    advantages: best.map((i) => group.advantages[i]!),
  };
}
