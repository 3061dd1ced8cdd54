import { Tau2Error } from "@tau2/domains";
import type { EpisodeStep, Rollout } from "./rollout-record.ts";

/** An episode with its returns (docs/spec/act-prm.md#12). */
export interface RolloutTrajectory {
  /** With `return_` computed. */
  episode_steps: readonly EpisodeStep[];
  try_step: number;
  discount_factor: number;
  final_reward: number;
  returns: readonly number[];
  first_return: number;
  /** True if the final reward is 1. */
  correct: boolean;
  /** Of the last step. */
  last_state_len: number;
  /** Of the last step. */
  action_prob: number;
}

/** What a trajectory is made of. */
export interface TrajectoryParts {
  episodeSteps: readonly EpisodeStep[];
  discountFactor: number;
  finalReward: number;
  /** By default 0. */
  tryStep?: number | undefined;
  /** What is expected to come after the last step, where that does not end the episode. By default 0. */
  lastValue?: number | undefined;
}

/**
 * Discounts rewards from the end, a step that ends an episode cutting off what comes after it. Returns that were computed before stay.
 * @throws Tau2Error `invalid` when there is no step, or a step's reward is not known
 */
export function createRolloutTrajectory({
  episodeSteps,
  discountFactor,
  finalReward,
  tryStep = 0,
  lastValue = 0,
}: TrajectoryParts): RolloutTrajectory {
  const last = episodeSteps.at(-1);
  if (!last) throw new Tau2Error("invalid", "a trajectory has at least one step");
  const steps = last.return_is_computed ? episodeSteps : computeReturns(episodeSteps, discountFactor, lastValue);
  const returns = steps.map((step) => step.return_);
  return {
    episode_steps: steps,
    try_step: tryStep,
    discount_factor: discountFactor,
    final_reward: finalReward,
    returns,
    first_return: returns[0]!,
    correct: finalReward === 1,
    last_state_len: last.state_len,
    action_prob: last.action_prob,
  };
}

function computeReturns(steps: readonly EpisodeStep[], discount: number, lastValue: number): EpisodeStep[] {
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
  meanCenter?: boolean | undefined;
  /** Used when mean-centred. By default 1. */
  discountFactor?: number | undefined;
  /** In place of the trajectories' own for the group's mean; where none are given, their own. */
  finalRewards?: readonly number[] | null | undefined;
}

/** Attempts at one task as a group. Unlike in the original, mean-centred advantages reach the steps for a discount factor of 1 as well. */
export function groupTrajectories(trajectories: readonly RolloutTrajectory[], options: GroupOptions = {}): TrajectoryGroup {
  const { meanCenter = false, discountFactor = 1 } = options;
  const given = options.finalRewards ?? [];
  if (given.length > 0 && given.length !== trajectories.length) {
    throw new Tau2Error("invalid", `there are ${given.length} final rewards for ${trajectories.length} trajectories`);
  }
  const final_rewards = given.length > 0 ? given : trajectories.map(({ final_reward }) => final_reward);
  const mean = final_rewards.reduce((sum, reward) => sum + reward, 0) / final_rewards.length;
  const advantages = trajectories.map(({ returns, final_reward }) =>
    meanCenter ? returns.map((_, t) => (final_reward - mean) * discountFactor ** (returns.length - t - 1)) : returns,
  );
  return {
    trajectories: trajectories.map((trajectory, i) => setAdvantages(trajectory, advantages[i]!)),
    final_rewards,
    first_returns: trajectories.map(({ first_return }) => first_return),
    advantages,
  };
}

function setAdvantages(trajectory: RolloutTrajectory, advantages: readonly number[]): RolloutTrajectory {
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

/** How returns and advantages are made. */
export interface ReturnOptions {
  /** By default 0.9. */
  discountFactor?: number | undefined;
  /** True if advantages are centred on the group's mean. By default false: they are the returns. */
  meanCenter?: boolean | undefined;
}

/** The attempts at one task in one try. */
export interface TaskGroup {
  try_step: number;
  sample_id: number;
  task_id: string;
  /** The attempts that have a reward, in their order. */
  group: TrajectoryGroup;
  /** The attempts that have none: they take no part in the group, as if they had not been made. */
  failures: readonly Rollout[];
}

/** Rollouts by try and task, in the order of these and of their generations. */
export function groupByTask(rollouts: readonly Rollout[], options: ReturnOptions = {}): TaskGroup[] {
  const { discountFactor = 0.9, meanCenter = false } = options;
  const byTask = new Map<string, Rollout[]>();
  for (const rollout of rollouts.toSorted(compareRollouts)) {
    const id = `${rollout.try_step}/${rollout.sample_id}`;
    byTask.set(id, [...(byTask.get(id) ?? []), rollout]);
  }
  return [...byTask.values()].map((attempts) => {
    const { try_step, sample_id, task_id } = attempts[0]!;
    const trajectories = attempts
      .filter(({ final_reward }) => final_reward !== null)
      .map((rollout) => toTrajectory(rollout, discountFactor));
    const group = groupTrajectories(trajectories, { meanCenter, discountFactor });
    return { try_step, sample_id, task_id, group, failures: attempts.filter(({ final_reward }) => final_reward === null) };
  });
}

function toTrajectory({ episode_steps, final_reward, try_step }: Rollout, discountFactor: number): RolloutTrajectory {
  return createRolloutTrajectory({ episodeSteps: episode_steps, tryStep: try_step, discountFactor, finalReward: final_reward! });
}

function compareRollouts(a: Rollout, b: Rollout): number {
  return a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id;
}
