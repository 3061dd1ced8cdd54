import { Tau2Error } from "@tau2/domains";
import { returnDefaults } from "./defaults.ts";
import type { EpisodeStep, Rollout } from "./rollout-record.ts";

/** Episode with its returns (docs/spec/act-prm.md#12). */
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
  /** `state_len` of the last step. */
  last_state_len: number;
  /** `action_prob` of the last step. */
  action_prob: number;
}

/** Options of {@link createRolloutTrajectory}. */
export interface TrajectoryParts {
  episodeSteps: readonly EpisodeStep[];
  discountFactor: number;
  finalReward: number;
  /** Default: 0. */
  tryStep?: number | undefined;
  /** Expected return after the last step, if that step does not end the episode. Default: 0. */
  lastValue?: number | undefined;
}

/**
 * Computes the returns of an episode: rewards, discounted from the end. A step that ends an episode cuts off the returns after it.
 * Keeps returns that are already computed.
 * @throws Tau2Error `invalid` without steps, or if the reward of a step is unknown
 */
export function createRolloutTrajectory({
  episodeSteps,
  discountFactor,
  finalReward,
  tryStep = 0,
  lastValue = 0,
}: TrajectoryParts): RolloutTrajectory {
  const last = episodeSteps.at(-1);
  if (!last) throw new Tau2Error("invalid", "a trajectory must hold at least one step");
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

/** Attempts at one task, with the advantages of their steps (docs/spec/act-prm.md#12). */
export interface TrajectoryGroup {
  /** Trajectories with `advantage` computed in their steps. */
  trajectories: readonly RolloutTrajectory[];
  final_rewards: readonly number[];
  first_returns: readonly number[];
  /** Advantages of each trajectory, one per step. */
  advantages: readonly (readonly number[])[];
}

/** Options of {@link groupTrajectories}. */
export interface GroupOptions {
  /** False (default): advantages are the returns. True: the final reward minus the group's mean, discounted from the end. */
  meanCenter?: boolean | undefined;
  /** Discount factor of mean-centred advantages. Default: 1. */
  discountFactor?: number | undefined;
  /** Rewards for the group's mean. Default: the final rewards of the trajectories. */
  finalRewards?: readonly number[] | null | undefined;
}

/**
 * Groups attempts at one task, and computes their advantages.
 * Unlike in act-prm, mean-centred advantages reach the steps for a discount factor of 1 as well.
 * @throws Tau2Error `invalid` if `finalRewards` has another length than the trajectories
 * @example
 * ```ts
 * import { createRolloutTrajectory, getEnv, goldPolicy, groupTrajectories, noopPolicy, rollout } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "mock", user: "scripted", is_async: true });
 * const attempts = [await rollout({ env, policy: goldPolicy() }), await rollout({ env, policy: noopPolicy() })];
 * const trajectories = attempts.map(({ episode_steps: episodeSteps, final_reward }) =>
 *   createRolloutTrajectory({ episodeSteps, tryStep: 0, discountFactor: 0.9, finalReward: final_reward ?? 0 }),
 * );
 * const { advantages } = groupTrajectories(trajectories, { meanCenter: true });
 * ```
 */
export function groupTrajectories(trajectories: readonly RolloutTrajectory[], options: GroupOptions = {}): TrajectoryGroup {
  const { meanCenter = false, discountFactor = 1 } = options;
  const given = options.finalRewards ?? [];
  if (given.length > 0 && given.length !== trajectories.length) {
    throw new Tau2Error("invalid", `finalRewards has ${given.length} values for ${trajectories.length} trajectories`);
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

/**
 * Returns the k trajectories with the best first returns, best first; ties keep their order. Advantages stay those of the whole group.
 */
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

/** Options of returns and advantages. */
export interface ReturnOptions {
  /** Default: 0.9. */
  discountFactor?: number | undefined;
  /** True if advantages are centred on the group's mean. Default: false, they are the returns. */
  meanCenter?: boolean | undefined;
}

/** Attempts at one task in one try. */
export interface TaskGroup {
  try_step: number;
  sample_id: number;
  task_id: string;
  /** Attempts with a reward, in their order. */
  group: TrajectoryGroup;
  /** Attempts without a reward. The group ignores them. */
  failures: readonly Rollout[];
}

/** Groups rollouts by try and task, in the order of try, task and attempt. */
export function groupByTask(rollouts: readonly Rollout[], options: ReturnOptions = {}): TaskGroup[] {
  const { discountFactor = returnDefaults.discountFactor, meanCenter = returnDefaults.meanCenter } = options;
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
