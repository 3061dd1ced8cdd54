import { mock } from "@tau2/domains/mock";
import { describe, expect, test } from "vitest";
import { action, conversation, says, task } from "../../test/to-dos.ts";
import { evaluateActions, matchesAction } from "./actions.ts";

const done = { name: "update_task_status", arguments: { task_id: "task_1", status: "completed" } };
const expected = {
  ...action("update_task_status", { task_id: "task_1", status: "completed" }),
  requestor: "assistant" as const,
  info: null,
};

describe("a call matches an action when", () => {
  test.each([
    ["name and arguments are the same", null, done, true],
    ["the order of the arguments differs", null, { ...done, arguments: { status: "completed", task_id: "task_1" } }, true],
    ["it lacks an argument and compare_args is null", null, { ...done, arguments: { task_id: "task_1" } }, true],
    ["it lacks all arguments and compare_args is null", null, { ...done, arguments: {} }, true],
    [
      "it differs only in arguments that are not compared",
      ["task_id"],
      { ...done, arguments: { task_id: "task_1", status: "pending" } },
      true,
    ],
    ["only the name is compared", [], { ...done, arguments: { task_id: "elsewhere" } }, true],
    ["both lack a compared argument", ["reason"], done, true],
  ])("%s", (_, compare_args, call, met) => expect(matchesAction({ ...expected, compare_args }, call)).toBe(met));
});

describe("a call does not match an action when", () => {
  test.each([
    ["the name differs", null, { ...done, name: "create_task" }],
    ["an argument differs", null, { ...done, arguments: { task_id: "task_2", status: "completed" } }],
    ["it has an argument that the action lacks", null, { ...done, arguments: { ...done.arguments, note: "quickly" } }],
    ["it lacks an argument that is compared", ["task_id"], { ...done, arguments: { status: "completed" } }],
    ["its argument is text instead of a number", null, { ...done, arguments: { task_id: 1 } }],
  ])("%s", (_, compare_args, call) => expect(matchesAction({ ...expected, compare_args }, call)).toBe(false));
});

test("numbers compare by value, as in Python: 2 is 2.0 and true is 1", () => {
  const counted = { ...action("count", { n: 2, all: true }), requestor: "assistant" as const, info: null, compare_args: null };
  expect(matchesAction(counted, { name: "count", arguments: { n: 2.0, all: 1 } })).toBe(true);
  expect(matchesAction(counted, { name: "count", arguments: { n: "2", all: true } })).toBe(false);
});

describe("the action component", () => {
  const solution = task({
    actions: [expected, action("get_users", {}), action("dismiss_notification", { notification_id: "notif_1" }, { requestor: "user" })],
  });

  test("is 1 when every action was done, by anybody, in any order, more than once", () => {
    const calls = [
      { name: "get_users", arguments: {} },
      { name: "dismiss_notification", arguments: { notification_id: "notif_1" } },
      done,
      done,
    ];
    const part = evaluateActions(mock, solution, conversation(calls));
    expect(part.reward).toBe(1);
    expect(part.checks.action_checks?.map(({ action_match, tool_type }) => [action_match, tool_type])).toEqual([
      [true, "write"],
      [true, "read"],
      [true, "write"],
    ]);
  });

  test("is 0 when one is missing, however many others were done", () => {
    const part = evaluateActions(mock, solution, conversation([done, { name: "get_users", arguments: {} }, says("All done")]));
    expect(part.reward).toBe(0);
    expect(part.checks.action_checks?.map(({ action_reward }) => action_reward)).toEqual([1, 1, 0]);
  });

  test("an unknown tool does not have a type", () => {
    const part = evaluateActions(mock, task({ actions: [action("fly_away", {})] }), []);
    expect(part.checks.action_checks?.[0]?.tool_type).toBeNull();
  });

  test.each([null, []])("is 1 without checks when the task expects no action (%j)", (actions) => {
    const part = evaluateActions(mock, task({ actions }), conversation([done]));
    expect(part).toMatchObject({ status: "vacuous", reward: 1, checks: { action_checks: null }, info: "No actions to evaluate" });
  });
});
