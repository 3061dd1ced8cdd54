import { expect, test, describe } from "vitest";
import { deskTask } from "../../test/desk.ts";
import { planRun, deriveTrialSeeds } from "./plan-run.ts";

const tasks = [deskTask({ id: "a" }), deskTask({ id: "b" })];

test("a plan has all tasks of a trial before the next, each trial with its seed", () => {
  const plan = planRun({ tasks, trials: 2, seed: 300 }).map(({ task, trial, seed }) => [task.id, trial, seed]);
  expect(plan).toEqual([
    ["a", 0, 626729],
    ["b", 0, 626729],
    ["a", 1, 373753],
    ["b", 1, 373753],
  ]);
});

test("a plan without tasks or trials is refused", () => {
  expect(() => planRun({ tasks: [], trials: 1, seed: 1 })).toThrow("No tasks to run");
  expect(() => planRun({ tasks, trials: 0, seed: 1 })).toThrow("Number of trials must be greater than 0");
  expect(() => planRun({ tasks, trials: 1.5, seed: 1 })).toThrow("a whole number");
});

describe("seeds of trials (docs/spec/core.md#9-2)", () => {
  test.each([
    [300, [626729, 373753, 361454, 1567, 514337, 363271, 554706, 863145]],
    [0, [885440, 403958, 794772, 933488, 441001]],
    [42, [670487, 116739, 26225, 777572, 288389]],
    [7, [339563, 993908, 158176]],
    [2 ** 40 + 5, [528881, 542031, 281652]],
  ])("seed %d gives the trial seeds of tau2-bench", (seed, expected) => {
    expect(deriveTrialSeeds(seed, expected.length)).toEqual(expected);
  });

  test("the sign of a seed does not matter", () => {
    expect(deriveTrialSeeds(-7, 3)).toEqual(deriveTrialSeeds(7, 3));
  });

  test("a bigint is the same seed as the number", () => {
    expect(deriveTrialSeeds(2n ** 40n + 5n, 3)).toEqual(deriveTrialSeeds(2 ** 40 + 5, 3));
  });

  test("a seed of many words gives Python's numbers", () => {
    expect(deriveTrialSeeds(2n ** 200n + 1n, 5)).toEqual([8789, 900486, 734034, 396208, 916758]);
  });

  test("the generator continues like Python's after its state is used up", () => {
    expect(deriveTrialSeeds(1, 20_000).at(-1)).toBe(65770);
  });

  test("more trials never change the seeds of the first ones", () => {
    expect(deriveTrialSeeds(300, 1000).slice(0, 3)).toEqual([626729, 373753, 361454]);
  });

  test("all seeds lie between 0 and 1000000", () => {
    const seeds = deriveTrialSeeds(1, 20_000);
    expect(Math.min(...seeds)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...seeds)).toBeLessThanOrEqual(1_000_000);
  });

  test("without a seed no two runs share their seeds", () => {
    expect(deriveTrialSeeds(null, 5)).not.toEqual(deriveTrialSeeds(null, 5));
  });

  test.each([1.5, Number.NaN, 2 ** 60])("seed %d is refused", (seed) => {
    expect(() => deriveTrialSeeds(seed, 1)).toThrow(/must be an integer/);
  });
});
