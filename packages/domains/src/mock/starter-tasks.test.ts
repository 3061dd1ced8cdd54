import { describe, expect, test } from "vitest";
import { play, sameState, solutionOf, starterSetup, writesOf } from "../../test/solutions.ts";
import { checkAssertion, type Domain, type Task } from "../core/index.ts";
import { domainContract } from "../testing/index.ts";
import { mock } from "./index.ts";

const setup = starterSetup(mock);
const tasks = setup.data.tasks();

describe.each(tasks.map((task): [string, Task] => [task.id, task]))("%s", (_, task) => {
  const solution = solutionOf(task);

  test("the solution goes through, and its assertions hold", () => {
    const { answers, state } = play(setup, task, solution);
    expect(answers.filter(({ error }) => error)).toEqual([]);
    for (const assertion of task.evaluation_criteria?.env_assertions ?? []) expect(checkAssertion(setup, state, assertion).met).toBe(true);
  });

  test.for(writesOf(setup, task))("$action_id, a write of the solution, is needed", (write) => {
    const expected = play(setup, task, solution).state;
    const without = play(
      setup,
      task,
      solution.filter((action) => action !== write),
    ).state;
    expect(sameState(expected, without)).toBe(false);
  });
});

describe("tasks with a ticket", () => {
  const solo = starterSetup(mock, true);

  test.for(tasks.filter(({ ticket }) => ticket !== null))("$id: the agent reaches the same state alone", (task) => {
    const { answers, state } = play(solo, task, solutionOf(task));
    expect(answers.filter(({ error }) => error)).toEqual([]);
    expect(sameState(state, play(setup, task, solutionOf(task)).state)).toBe(true);
  });
});

test("together they use everything that a task can hold", () => {
  const has = (what: (task: Task) => unknown) => tasks.filter((task) => what(task)).length;
  expect(has(({ ticket }) => ticket)).toBeGreaterThanOrEqual(3);
  expect(has(({ user_tools }) => user_tools)).toBe(1);
  expect(has(({ initial_state }) => initial_state?.message_history)).toBe(1);
  expect(has(({ initial_state }) => initial_state?.initialization_actions)).toBe(1);
  expect(has(({ initial_state }) => initial_state?.initialization_data)).toBe(1);
  expect(new Set(tasks.flatMap(({ evaluation_criteria }) => evaluation_criteria?.reward_basis ?? []))).toEqual(
    new Set(["DB", "COMMUNICATE", "ENV_ASSERTION", "ACTION"]),
  );
});

describe("the contract of domains", () => {
  test.for(domainContract(mock as Domain, setup.data))("$name", ({ run }) => expect(run).not.toThrow());
});
