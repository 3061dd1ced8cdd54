import { expect, test } from "vitest";
import type { EnvironmentConfig } from "../src/core/environment/execute-tool-call.ts";
import type { Task } from "../src/core/task/task.ts";
import { playActions, databasesMatch, getSolution, getSolutionWrites } from "./solutions.ts";

/** Declares the tests that the solution of every starter task must pass. */
export function testSolution(setup: EnvironmentConfig, task: Task): void {
  const solution = getSolution(task);

  test("the solution does not cause an error", () => {
    const { answers } = playActions(setup, task, solution);
    expect(answers.filter(({ error }) => error)).toEqual([]);
  });

  test.for(getSolutionWrites(setup, task))("the solution needs its write $action_id", (write) => {
    const others = solution.filter((action) => action !== write);
    expect(databasesMatch(playActions(setup, task, solution).state, playActions(setup, task, others).state)).toBe(false);
  });
}
