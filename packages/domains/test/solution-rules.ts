import { expect, test } from "vitest";
import type { EnvironmentConfig } from "../src/core/environment/execute-tool-call.ts";
import type { Task } from "../src/core/task/task.ts";
import { play, sameState, solutionOf, writesOf } from "./solutions.ts";

/** Rules of the solution of every task of ours; to be called in their test files. */
export function solutionRules(setup: EnvironmentConfig, task: Task): void {
  const solution = solutionOf(task);

  test("the solution goes through without an error", () => {
    const { answers } = play(setup, task, solution);
    expect(answers.filter(({ error }) => error)).toEqual([]);
  });

  test.for(writesOf(setup, task))("$action_id, a write of the solution, is needed", (write) => {
    const others = solution.filter((action) => action !== write);
    expect(sameState(play(setup, task, solution).state, play(setup, task, others).state)).toBe(false);
  });
}
