import { describe, expect, test } from "vitest";
import type { Task } from "../../src/core/task/task.ts";
import { retail } from "../../src/retail/index.ts";
import { testSolution } from "../solution-rules.ts";
import { playActions, databasesMatch, getSolution, createStarterConfig } from "../solutions.ts";

const setup = createStarterConfig(retail);
const tasks = setup.data.tasks();

/** Tasks whose solution does not change the database. A number to report keeps a silent agent from passing. */
const refusals = new Set([
  "cancel_cheaper_elsewhere_refused",
  "cancel_processed_refused",
  "order_of_a_friend",
  "count_sweaters",
  "undo_cancellation",
]);

/** Tasks with assertions that a judge checks in the conversation. */
const judged = new Set(["return_or_exchange_not_both", "cancel_one_item_refused", "move_house", "order_of_a_friend"]);

describe.each(tasks.map((task): [string, Task] => [task.id, task]))("%s", (id, task) => {
  const solution = getSolution(task);
  const { communicate_info, nl_assertions, reward_basis } = task.evaluation_criteria!;
  const numbers = communicate_info ?? [];

  testSolution(setup, task);

  test("a silent agent that does nothing does not pass", () => {
    const isDone = databasesMatch(playActions(setup, task, solution).state, playActions(setup, task, []).state);
    expect(isDone).toBe(refusals.has(id));
    expect(isDone && numbers.length === 0).toBe(false);
  });

  test("the solution begins with its only search for a customer", () => {
    const isSearch = solution.map(({ name }) => name.startsWith("find_user_id_by_"));
    expect([isSearch.indexOf(true), isSearch.lastIndexOf(true)]).toEqual([0, 0]);
  });

  test.for(numbers)("the number to report, %s, is in an answer of the tools, explained in the notes and unknown to the user", (number) => {
    const alone = new RegExp(`(?<![\\d.])${number.replace(".", "\\.")}(?!\\d)`);
    expect(
      playActions(setup, task, solution)
        .answers.map(({ content }) => content ?? "")
        .join("\n"),
    ).toMatch(alone);
    expect(task.description?.notes).toMatch(alone);
    expect(JSON.stringify(task.user_scenario)).not.toMatch(alone);
  });

  test("the reward basis of the task agrees with its criteria", () => {
    expect(reward_basis).toContain("DB");
    expect(reward_basis.includes("COMMUNICATE")).toBe(numbers.length > 0);
    expect(reward_basis.includes("NL_ASSERTION")).toBe((nl_assertions ?? []).length > 0);
    expect(reward_basis.includes("NL_ASSERTION")).toBe(judged.has(id));
  });
});

test("solutions of retail do not replace different items in one call", () => {
  // Quirk of tau2-bench: every item gets the options of the last variant, so the order of the list would decide (docs/spec/retail.md#3-1).
  const modifications = tasks.flatMap((task) => getSolution(task).filter(({ name }) => name === "modify_pending_order_items"));
  const different = modifications.filter(({ arguments: args }) => new Set(args["new_item_ids"] as string[]).size > 1);
  expect(different).toEqual([]);
});

test("solutions of retail use every tool except get_item_details", () => {
  const used = new Set(tasks.flatMap((task) => getSolution(task).map(({ name }) => name)));
  const unused = retail.agent.tools.map(({ name }) => name).filter((name) => !used.has(name));
  expect(unused).toEqual(["get_item_details"]);
});

test("the train and test splits of retail partition the base split", () => {
  const { train = [], test: tested = [], base = [] } = setup.data.splits() ?? {};
  expect([...train, ...tested].toSorted()).toEqual(base.toSorted());
  expect(base).toEqual(tasks.map(({ id }) => id));
  expect([train.length, tested.length]).toEqual([14, 10]);
});
