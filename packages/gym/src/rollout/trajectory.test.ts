import { describe, expect, test } from "vitest";
import { stepsOf } from "../../test/steps.ts";
import { createRolloutTrajectory, groupTrajectories, keepTopK } from "./trajectory.ts";

describe("a trajectory", () => {
  test("discounts rewards from the end, and writes each step's return into it", () => {
    const { returns, first_return, episode_steps } = createRolloutTrajectory({
      episodeSteps: stepsOf(0, 0, 1),
      discountFactor: 0.5,
      finalReward: 1,
    });
    expect(returns).toEqual([0.25, 0.5, 1]);
    expect(first_return).toBe(0.25);
    expect(episode_steps.map(({ return_, return_is_computed }) => [return_, return_is_computed])).toEqual([
      [0.25, true],
      [0.5, true],
      [1, true],
    ]);
  });

  test("counts on a last value where the last step did not end it, and lets nothing through a step that did", () => {
    const open = stepsOf(1, 1).map((step) => ({ ...step, done: false }));
    expect(createRolloutTrajectory({ episodeSteps: open, discountFactor: 0.5, finalReward: 1, lastValue: 4 }).returns).toEqual([2.5, 3]);
    const cut = stepsOf(1, 1, 1).map((step, i) => ({ ...step, done: i > 0 }));
    expect(createRolloutTrajectory({ episodeSteps: cut, discountFactor: 1, finalReward: 1, lastValue: 4 }).returns).toEqual([2, 1, 1]);
  });

  test("leaves returns that were computed before, and the steps that it was given", () => {
    const steps = stepsOf(0, 1);
    const once = createRolloutTrajectory({ episodeSteps: steps, discountFactor: 0.5, finalReward: 1 });
    const again = createRolloutTrajectory({ episodeSteps: once.episode_steps, discountFactor: 0.9, finalReward: 1 });
    expect(again.returns).toEqual([0.5, 1]);
    expect(steps[0]).toMatchObject({ return_: -2, return_is_computed: false });
  });

  test("is correct at a reward of exactly 1, and knows how long the last prompt was", () => {
    const of = (final_reward: number) =>
      createRolloutTrajectory({ episodeSteps: stepsOf(final_reward), discountFactor: 1, finalReward: final_reward });
    expect([of(1).correct, of(0.9).correct]).toEqual([true, false]);
    expect(createRolloutTrajectory({ episodeSteps: stepsOf(0, 1), discountFactor: 1, finalReward: 1 })).toMatchObject({
      last_state_len: 20,
      action_prob: 0,
    });
  });

  test("has steps, with rewards that are known", () => {
    expect(() => createRolloutTrajectory({ episodeSteps: [], discountFactor: 1, finalReward: 0 })).toThrow("at least one step");
    const lost = stepsOf(0, 0).map((step, i) => ({ ...step, reward: i === 1 ? null : 0 }));
    expect(() => createRolloutTrajectory({ episodeSteps: lost, discountFactor: 1, finalReward: 0 })).toThrow(
      "the reward of step 1 is unknown",
    );
  });
});

const trajectory = (...rewards: number[]) =>
  createRolloutTrajectory({ episodeSteps: stepsOf(...rewards), discountFactor: 0.5, finalReward: rewards.at(-1)! });
const stepAdvantages = (group: ReturnType<typeof groupTrajectories>) =>
  group.trajectories.map(({ episode_steps }) => episode_steps.map(({ advantage }) => advantage));

describe("a group of trajectories", () => {
  test("has the returns as advantages, in the steps too", () => {
    const group = groupTrajectories([trajectory(0, 1), trajectory(0)]);
    expect(group).toMatchObject({ final_rewards: [1, 0], first_returns: [0.5, 0], advantages: [[0.5, 1], [0]] });
    expect(stepAdvantages(group)).toEqual([[0.5, 1], [0]]);
    expect(group.trajectories[0]!.episode_steps[0]!.advantage_is_computed).toBe(true);
  });

  test("mean-centred has each final reward less the mean, discounted from the end", () => {
    const options = { meanCenter: true, discountFactor: 0.5 };
    expect(groupTrajectories([trajectory(0, 1), trajectory(0)], options).advantages).toEqual([[0.25, 0.5], [-0.5]]);
    expect(groupTrajectories([trajectory(0, 1)], { ...options, discountFactor: 0 }).advantages).toEqual([[0, 0]]);
    const given = groupTrajectories([trajectory(0, 1), trajectory(0)], { ...options, finalRewards: [0.2, 0.2] });
    expect(given.advantages).toEqual([[0.4, 0.8], [-0.2]]);
    expect(given.final_rewards).toEqual([0.2, 0.2]);
  });

  test("mean-centred without discounting has the same advantage in every step, and writes it there", () => {
    const group = groupTrajectories([trajectory(0, 1), trajectory(0)], { meanCenter: true, discountFactor: 1 });
    expect(stepAdvantages(group)).toEqual([[0.5, 0.5], [-0.5]]);
  });

  test("may be empty, and takes no more final rewards than it has trajectories", () => {
    expect(groupTrajectories([], { meanCenter: true })).toEqual({
      trajectories: [],
      final_rewards: [],
      first_returns: [],
      advantages: [],
    });
    expect(() => groupTrajectories([trajectory(1)], { finalRewards: [1, 0] })).toThrow("2 values for 1 trajectories");
  });

  test("keeps its best, equal ones in their order, with the advantages that they had in it", () => {
    const group = groupTrajectories([trajectory(0), trajectory(0, 1), trajectory(1), trajectory(0, 0)], {
      meanCenter: true,
      discountFactor: 1,
    });
    const best = keepTopK(group, 3);
    expect(best.first_returns).toEqual([1, 0.5, 0]);
    expect(best.trajectories.map(({ episode_steps }) => episode_steps.length)).toEqual([1, 2, 1]);
    expect(best.advantages).toEqual([[0.5], [0.5, 0.5], [-0.5]]);
    expect(keepTopK(group, 0).trajectories).toEqual([]);
    expect(keepTopK(group, 9).first_returns).toEqual([1, 0.5, 0, 0]);
  });
});
