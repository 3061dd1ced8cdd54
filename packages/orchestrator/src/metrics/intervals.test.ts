import { describe, expect, test } from "vitest";
import { createRewardInfo } from "../evaluate/reward.ts";
import { computeClusteredInterval, computeMetricIntervals, computeStudentT } from "./intervals.ts";
import { type MeasuredRun, computeTaskMetrics } from "./metrics.ts";
test.each([
  ["0.975", 1, 12.706],
  ["0.975", 2, 4.303],
  ["0.975", 3, 3.182],
  ["0.975", 5, 2.571],
  ["0.975", 19, 2.093],
  ["0.975", 100_000, 1.96],
  ["0.8", 2, 1.061],
  ["0.8", 10, 0.879],
] as const)("Student's t, %s for %i degrees of freedom, is %d as in the tables", (chance, degrees, value) => {
  expect(Math.abs(computeStudentT(chance, degrees) - value)).toBeLessThan(0.005);
});

const width = (clusters: number[][]) => {
  const { low, high } = computeClusteredInterval(clusters)!;
  return high - low;
};
const many = (n: number, cluster: number[]) => Array.from({ length: n }, () => cluster);

describe("an interval", () => {
  test("of independent values is Wilson's, with t in place of the normal quantile", () => {
    // 30 of 40 by hand: t(39) = 2.0227
    const { low, high } = computeClusteredInterval([...many(30, [1]), ...many(10, [0])])!;
    expect([low, high].map((value) => value.toFixed(3))).toEqual(["0.591", "0.862"]);
  });

  test("holds the mean, and never leaves 0 to 1", () => {
    for (const clusters of [many(3, [1, 1]), many(3, [0]), [[1], [0]], [[1, 0, 1], [0]], many(50, [1])]) {
      const values = clusters.flat();
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const { low, high } = computeClusteredInterval(clusters)!;
      expect(low >= 0 && low <= mean && mean <= high && high <= 1, JSON.stringify(clusters)).toBe(true);
    }
  });

  test("is wider where trials of a task are alike: they tell no more than one of them", () => {
    const alike = [...many(5, [1, 1, 1, 1]), ...many(5, [0, 0, 0, 0])];
    const mixed = many(10, [1, 0, 1, 0]);
    expect(width(alike)).toBeGreaterThan(width(mixed) * 1.5);
    expect(width(alike)).toBeCloseTo(width([...many(5, [1]), ...many(5, [0])]), 6);
  });

  test("of nothing but successes still says how few there were", () => {
    expect(computeClusteredInterval(many(3, [1]))!.low).toBeLessThan(0.3);
    expect(computeClusteredInterval(many(100, [1]))!.low).toBeGreaterThan(0.95);
  });

  test("needs two tasks", () => {
    expect(computeClusteredInterval([[1, 0, 1]])).toBeNull();
    expect(computeClusteredInterval([[1], []])).toBeNull();
  });

  test("covers the truth about as often as it says", () => {
    let state = 1;
    const chance = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const runs = 600;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      // Tasks of which half are easy and half are hard: 0.9 and 0.3, so the truth is 0.6.
      const clusters = Array.from({ length: 24 }, () => {
        const p = chance() < 0.5 ? 0.9 : 0.3;
        return Array.from({ length: 4 }, () => (chance() < p ? 1 : 0));
      });
      const { low, high } = computeClusteredInterval(clusters)!;
      if (low <= 0.6 && 0.6 <= high) held++;
    }
    expect(held / runs).toBeGreaterThan(0.93);
    expect(held / runs).toBeLessThan(0.98);
  });
});

const run = (task_id: string, reward: number | null): MeasuredRun => ({
  task_id,
  reward_info: reward === null ? null : createRewardInfo({ reward }),
  termination_reason: reward === null ? "infrastructure_error" : "user_stop",
  agent_cost: 0,
});

test("a task's metrics count ungraded simulations as failures, as pass^k does", () => {
  expect(computeTaskMetrics([run("b", 1), run("a", 1), run("b", null), run("b", 0.5)])).toEqual([
    { task_id: "a", simulations: 1, rewards: [1], successes: 1, pass_hat_ks: { 1: 1 } },
    { task_id: "b", simulations: 3, rewards: [1, 0.5], successes: 1, pass_hat_ks: { 1: 1 / 3, 2: 0, 3: 0 } },
  ]);
});

test("a run's intervals are of the same k as its pass^k", () => {
  const simulations = [run("a", 1), run("a", 0), run("b", 1), run("b", 1), run("b", 1)];
  const intervals = computeMetricIntervals(simulations, { num_trials: 3 });
  expect(Object.keys(intervals.pass_hat_ks)).toEqual(["1", "2"]);
  expect(intervals.avg_reward!.low).toBeLessThan(0.8);
  expect(computeMetricIntervals([], { num_trials: 3 })).toEqual({ avg_reward: null, pass_hat_ks: {} });
  expect(computeMetricIntervals([run("a", 1)], { num_trials: 1 })).toEqual({ avg_reward: null, pass_hat_ks: { 1: null } });
});
