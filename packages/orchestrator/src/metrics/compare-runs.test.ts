import { describe, expect, test } from "vitest";
import { createRewardInfo } from "../evaluate/reward.ts";
import { compareRuns, computeSignFlipPValue } from "./compare-runs.ts";
import type { MeasuredRun } from "./metrics.ts";
/** A run of tasks, each with the rewards of its trials; null for one without a grade. */
const run = (tasks: Record<string, (number | null)[]>): MeasuredRun[] =>
  Object.entries(tasks).flatMap(([task_id, rewards]) =>
    rewards.map((reward) => ({
      task_id,
      reward_info: reward === null ? null : createRewardInfo({ reward }),
      termination_reason: reward === null ? ("infrastructure_error" as const) : ("user_stop" as const),
      agent_cost: 0,
    })),
  );

describe("a comparison", () => {
  test("pairs the tasks that both runs have, each counting the same", () => {
    const comparison = compareRuns(run({ a: [1, 0], b: [1, 1], c: [1] }), run({ a: [1, 1, 1, 1], b: [0, 1], d: [0] }));
    expect(comparison).toMatchObject({
      tasks: 2,
      only_before: ["c"],
      only_after: ["d"],
      reward: { before: 0.75, after: 0.75, difference: 0, p_value: 1 },
      better: [{ task_id: "a", before: { successes: 1, simulations: 2 }, after: { successes: 4, simulations: 4 }, difference: 0.5 }],
      worse: [{ task_id: "b", difference: -0.5 }],
    });
    expect(Object.keys(comparison.pass_hat_ks)).toEqual(["1", "2"]);
    expect(comparison.pass_hat_ks["2"]).toMatchObject({ before: 0.5, after: 0.5 });
  });

  test("leaves ungraded simulations out of rewards, and counts them as failures in pass^k", () => {
    const { reward, pass_hat_ks } = compareRuns(run({ a: [1, null], b: [1, 1] }), run({ a: [1, 1], b: [1, 1] }));
    expect(reward.difference).toBe(0);
    expect(pass_hat_ks["1"]).toMatchObject({ before: 0.75, after: 1 });
  });

  test("of a run with itself finds nothing, and knows nothing of what it could have found", () => {
    const same = run({ a: [1, 0], b: [1, 1] });
    const comparison = compareRuns(same, same);
    expect(comparison.reward.interval!.low).toBeLessThan(-0.5);
    expect(comparison).toMatchObject({
      reward: { difference: 0, p_value: 1 },
      better: [],
      worse: [],
      smallest_visible: null,
    });
  });

  test("of runs that differ alike in every task still says how few tasks there were", () => {
    const ten = (reward: number) => run(Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`t${i}`, [reward]])));
    const { interval } = compareRuns(ten(0), ten(1)).reward;
    expect([interval!.low > 0.5, interval!.low < 0.8, interval!.high]).toEqual([true, true, 1]);
  });

  test("says what difference so many tasks could show: half of it with four times as many", () => {
    const tasks = (n: number, of: (i: number) => number) =>
      run(Object.fromEntries(Array.from({ length: n }, (_, i) => [`t${i}`, [of(i)]])));
    const visible = (n: number) =>
      compareRuns(
        tasks(n, (i) => i % 2),
        tasks(n, (i) => (i % 4 < 2 ? 1 : 0)),
      ).smallest_visible!;
    expect(visible(40)).toBeGreaterThan(0.25);
    expect(visible(160) / visible(40)).toBeCloseTo(0.5, 1);
  });

  test("of runs without a common task does not have metrics", () => {
    expect(compareRuns(run({ a: [1] }), run({ b: [1] }))).toMatchObject({
      tasks: 0,
      reward: { interval: null },
      pass_hat_ks: {},
      smallest_visible: null,
    });
  });

  test("the interval holds the difference, and 0 where it could be chance", () => {
    const wide = compareRuns(run({ a: [0], b: [1], c: [0], d: [1] }), run({ a: [1], b: [1], c: [0], d: [1] })).reward;
    expect(wide.interval!.low).toBeLessThan(0);
    const up = (value: number) => run(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`t${i}`, [i < 25 ? value : 0]])));
    const clear = compareRuns(up(0), up(1)).reward;
    expect(clear.interval!.low).toBeGreaterThan(0.6);
    expect(clear.p_value).toBeLessThan(0.001);
  });
});

describe("the chance of as large a difference", () => {
  test("is counted over all signs where there are few", () => {
    expect(computeSignFlipPValue([])).toBe(1);
    expect(computeSignFlipPValue([0, 0])).toBe(1);
    expect(computeSignFlipPValue([1])).toBe(1);
    expect(computeSignFlipPValue([1, 1, 1, 1, 1])).toBe(2 / 32);
    expect(computeSignFlipPValue([1, 1, -1, 0])).toBe(1);
  });

  test("is drawn where there are many, the same every time", () => {
    const differences = Array.from({ length: 40 }, (_, i) => (i < 28 ? 1 : -1));
    const chance = computeSignFlipPValue(differences);
    // The sign test by hand: 28 or more, or 12 or fewer, of 40.
    expect(chance).toBeGreaterThan(0.013);
    expect(chance).toBeLessThan(0.021);
    expect(computeSignFlipPValue(differences)).toBe(chance);
  });
});
