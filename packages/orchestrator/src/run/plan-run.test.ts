import { expect, test } from "vitest";
import { deskTask } from "../../test/desk.ts";
import { planRun } from "./plan-run.ts";

const tasks = [deskTask({ id: "a" }), deskTask({ id: "b" })];

test("all tasks once, then all again, and each trial has its seed", () => {
  const plan = planRun({ tasks, trials: 2, seed: 300 }).map(({ task, trial, seed }) => [task.id, trial, seed]);
  expect(plan).toEqual([
    ["a", 0, 626729],
    ["b", 0, 626729],
    ["a", 1, 373753],
    ["b", 1, 373753],
  ]);
});

test("a run needs something to do", () => {
  expect(() => planRun({ tasks: [], trials: 1, seed: 1 })).toThrow("No tasks to run");
  expect(() => planRun({ tasks, trials: 0, seed: 1 })).toThrow("Number of trials must be greater than 0");
  expect(() => planRun({ tasks, trials: 1.5, seed: 1 })).toThrow("a whole number");
});
