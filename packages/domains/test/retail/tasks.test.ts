import { describe, expect, test } from "vitest";
import type { Task } from "../../src/core/task/task.ts";
import { retail } from "../../src/retail/index.ts";
import { solutionRules } from "../solution-rules.ts";
import { play, sameState, solutionOf, starterSetup } from "../solutions.ts";

const setup = starterSetup(retail);
const tasks = setup.data.tasks();

/** Tasks whose right solution changes nothing: a number to report keeps a silent agent from passing. */
const refusals = new Set([
  "cancel_cheaper_elsewhere_refused",
  "cancel_processed_refused",
  "order_of_a_friend",
  "count_sweaters",
  "undo_cancellation",
]);

/** Assertions that only a judge can check, by reading the conversation. */
const judged = new Set(["return_or_exchange_not_both", "cancel_one_item_refused", "move_house", "order_of_a_friend"]);

describe.each(tasks.map((task): [string, Task] => [task.id, task]))("%s", (id, task) => {
  const solution = solutionOf(task);
  const { communicate_info, nl_assertions, reward_basis } = task.evaluation_criteria!;
  const figures = communicate_info ?? [];

  solutionRules(setup, task);

  test("doing and saying nothing does not pass", () => {
    const isDone = sameState(play(setup, task, solution).state, play(setup, task, []).state);
    expect(isDone).toBe(refusals.has(id));
    expect(isDone && figures.length === 0).toBe(false);
  });

  test("the customer is found first, and only one", () => {
    const isSearch = solution.map(({ name }) => name.startsWith("find_user_id_by_"));
    expect([isSearch.indexOf(true), isSearch.lastIndexOf(true)]).toEqual([0, 0]);
  });

  test.for(figures)(
    "the number to report, %s, is in an answer of the tools, is explained in the notes and not revealed by the user",
    (figure) => {
      const alone = new RegExp(`(?<![\\d.])${figure.replace(".", "\\.")}(?!\\d)`);
      expect(
        play(setup, task, solution)
          .answers.map(({ content }) => content ?? "")
          .join("\n"),
      ).toMatch(alone);
      expect(task.description?.notes).toMatch(alone);
      expect(JSON.stringify(task.user_scenario)).not.toMatch(alone);
    },
  );

  test("the checked parts make the reward", () => {
    expect(reward_basis).toContain("DB");
    expect(reward_basis.includes("COMMUNICATE")).toBe(figures.length > 0);
    expect(reward_basis.includes("NL_ASSERTION")).toBe((nl_assertions ?? []).length > 0);
    expect(reward_basis.includes("NL_ASSERTION")).toBe(judged.has(id));
  });
});

test("no two solutions depend on which of several items is replaced last", () => {
  // The tool gives every replaced item the options of the last one: a task with two different ones would be a matter of luck.
  const modifications = tasks.flatMap((task) => solutionOf(task).filter(({ name }) => name === "modify_pending_order_items"));
  const different = modifications.filter(({ arguments: args }) => new Set(args["new_item_ids"] as string[]).size > 1);
  expect(different).toEqual([]);
});

test("every tool but the bare lookup of an item has a place in some solution", () => {
  const used = new Set(tasks.flatMap((task) => solutionOf(task).map(({ name }) => name)));
  const unused = retail.agent.tools.map(({ name }) => name).filter((name) => !used.has(name));
  expect(unused).toEqual(["get_item_details"]);
});

test("there are splits for training and testing that share no task", () => {
  const { train = [], test: held = [], base = [] } = setup.data.splits() ?? {};
  expect([...train, ...held].toSorted()).toEqual(base.toSorted());
  expect(base).toEqual(tasks.map(({ id }) => id));
  expect([train.length, held.length]).toEqual([14, 10]);
});
