import { describe, expect, test } from "vitest";
import { testSolution } from "../../test/solution-rules.ts";
import { playActions, databasesMatch, getSolution, createStarterConfig } from "../../test/solutions.ts";
import type { Domain } from "../core/domain/domain.ts";
import type { Task } from "../core/task/task.ts";
import { domainContract } from "../testing/index.ts";
import { mock } from "./index.ts";

const setup = createStarterConfig(mock);
const tasks = setup.data.tasks();

describe.each(tasks.map((task): [string, Task] => [task.id, task]))("%s", (_, task) => {
  testSolution(setup, task);
});

describe("mock tasks with a ticket", () => {
  const solo = createStarterConfig(mock, true);

  test.for(tasks.filter(({ ticket }) => ticket !== null))("$id reaches the same state in solo mode", (task) => {
    const { answers, state } = playActions(solo, task, getSolution(task));
    expect(answers.filter(({ error }) => error)).toEqual([]);
    expect(databasesMatch(state, playActions(setup, task, getSolution(task)).state)).toBe(true);
  });
});

test("the mock tasks use every field of a task", () => {
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
