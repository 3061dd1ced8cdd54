import { createEnvironmentConfig, createInitialState, isTau2Error, type EnvironmentConfig } from "@tau2/domains";
import { mock } from "@tau2/domains/mock";
import { describe, expect, test } from "vitest";
import { action, conversation, says, setup, soloSetup, task, toDos } from "../../test/to-dos.ts";
import { evaluateEnvironment, computeExpectedState, environmentStatesEqual } from "./environment.ts";
const complete = (task_id: string) => ({ name: "update_task_status", arguments: { task_id, status: "completed" } });
const solution = task({ actions: [action("update_task_status", complete("task_1").arguments)], reward_basis: ["DB"] });

describe("the databases match when", () => {
  test("the conversation led where the solution leads", () => {
    expect(evaluateEnvironment(setup, solution, conversation([complete("task_1")]), true).DB.checks.db_check).toEqual({
      db_match: true,
      db_reward: 1,
    });
  });
  test("it got there by a detour", () => {
    const detour = [
      complete("task_2"),
      { name: "update_task_status", arguments: { task_id: "task_2", status: "pending" } },
      complete("task_1"),
    ];
    expect(evaluateEnvironment(setup, solution, conversation(detour), true).DB.reward).toBe(1);
  });
  test("the task wants nothing changed and nothing was", () => {
    expect(evaluateEnvironment(setup, task({ actions: [] }), conversation([{ name: "get_users", arguments: {} }]), true).DB.reward).toBe(1);
  });
});

describe("the databases differ when", () => {
  test.each([
    ["nothing was done", []],
    ["something else was done", [complete("task_2")]],
    ["something more was done", [complete("task_1"), complete("task_2")]],
    [
      "the user's side differs",
      [complete("task_1"), { name: "dismiss_notification", arguments: { notification_id: "notif_1" }, requestor: "user" as const }],
    ],
  ])("%s", (_, events) => expect(evaluateEnvironment(setup, solution, conversation(events), true).DB.reward).toBe(0));
});

test("refused actions of the solution are skipped", () => {
  const faulty = task({
    actions: [action("update_task_status", complete("task_9").arguments), action("update_task_status", complete("task_1").arguments)],
  });
  expect(evaluateEnvironment(setup, faulty, conversation([complete("task_1")]), true).DB.reward).toBe(1);
});

test("assertions are checked on the final state of the conversation", () => {
  const asserted = (expected_status: string) => ({
    env_type: "assistant" as const,
    func_name: "assert_task_status",
    arguments: { expected_status, task_id: "task_1" },
  });
  const events = conversation([complete("task_1")]);
  const both = task({ env_assertions: [asserted("completed"), asserted("pending")], reward_basis: ["ENV_ASSERTION"] });
  const { DB, ENV_ASSERTION } = evaluateEnvironment(setup, both, events, true);
  expect(ENV_ASSERTION.checks.env_assertions?.map(({ met, reward }) => [met, reward])).toEqual([
    [true, 1],
    [false, 0],
  ]);
  expect(ENV_ASSERTION).toMatchObject({ status: "unmet", reward: 0, checked: 2, met: 1, missed: ["assert_task_status"] });
  expect(DB).toMatchObject({ status: "unmet", reward: 0, checks: { db_check: { db_match: false } } });
});

test("an assertion whose function refuses, since the agent did nothing, is not met, with the reason", () => {
  const missing = {
    env_type: "assistant" as const,
    func_name: "assert_task_status",
    arguments: { expected_status: "pending", task_id: "task_9" },
  };
  const wanted = task({ env_assertions: [missing], reward_basis: ["ENV_ASSERTION"] });
  const { ENV_ASSERTION } = evaluateEnvironment(setup, wanted, [], true);
  expect(ENV_ASSERTION).toMatchObject({ status: "unmet", reward: 0, missed: [expect.stringMatching(/^assert_task_status: .*task_9/)] });
  expect(ENV_ASSERTION.checks.env_assertions).toEqual([{ env_assertion: expect.objectContaining(missing), met: false, reward: 0 }]);
});

test("an assertion whose function does not exist is an error of the task", () => {
  const unknown = { env_type: "assistant" as const, func_name: "assert_nothing", arguments: {} };
  expect(() => evaluateEnvironment(setup, task({ env_assertions: [unknown] }), [], true)).toThrow(
    expect.objectContaining({ code: "not_found" }),
  );
});

test("a task without actions and assertions has nothing to compare", () => {
  const { DB, ENV_ASSERTION } = evaluateEnvironment(setup, task({ communicate_info: ["5"] }), [], true);
  expect([DB.reward, ENV_ASSERTION.reward]).toEqual([null, null]);
  expect(DB).toMatchObject({ status: "vacuous", checks: { db_check: { db_match: true } } });
});

test("a tool result that differs from the record is an error, unless the evaluation is lenient", () => {
  const tampered = conversation([complete("task_1")]).map((message) =>
    message.role === "tool" ? { ...message, content: "Done!" } : message,
  );
  expect(() => evaluateEnvironment(setup, solution, tampered, true)).toThrow(
    expect.toSatisfy((error) => isTau2Error(error, "replay_mismatch")),
  );
  expect(evaluateEnvironment(setup, solution, tampered, false).DB.reward).toBe(1);
});

test("a solo trajectory is replayed in solo mode, its solution with the tools of both sides", () => {
  const note = { name: "dismiss_notification", arguments: { notification_id: "notif_1" } };
  const alone = task({ actions: [action(note.name, note.arguments, { requestor: "user" })] });
  expect(evaluateEnvironment(soloSetup, alone, conversation([note, says("###STOP###")], soloSetup), true).DB.reward).toBe(1);
});

describe("the expected state", () => {
  test("is computed once per task and data", () => {
    expect(computeExpectedState(setup, solution)).toBe(
      computeExpectedState(createEnvironmentConfig(mock, toDos) as EnvironmentConfig, solution),
    );
    expect(computeExpectedState(setup, solution).changes).toBe(true);
    expect(computeExpectedState(setup, task({ actions: [action("get_users", {})] })).changes).toBe(false);
  });

  test("has other ids than the conversation even if those are fixed", () => {
    const ids: string[] = [];
    const create = mock.agent.tools.find(({ name }) => name === "create_task")!;
    const numbered = {
      ...create,
      run: ({ newId }: { newId(): string }) => (ids.push(newId()), { task_id: "t", title: "t", description: null, status: "pending" }),
    };
    const domain = { ...mock, agent: { ...mock.agent, tools: [numbered] } };
    const fixed = createEnvironmentConfig(domain, toDos, { newId: (n) => n.toString(16).padStart(8, "0") }) as EnvironmentConfig;
    const call = { name: "create_task", arguments: { user_id: "user_1", title: "t" } };
    evaluateEnvironment(fixed, task({ actions: [action(call.name, call.arguments)] }), conversation([call], fixed), true);
    expect(new Set(ids)).toEqual(new Set(["00000001", "ffffffff"]));
  });

  test("is compared by hash", () => {
    const [a, b] = [createInitialState(setup, {}), createInitialState(setup, { message_history: conversation([complete("task_1")]) })];
    expect(environmentStatesEqual(setup, a, structuredClone(a))).toBe(true);
    expect(environmentStatesEqual(setup, a, b)).toBe(false);
  });
});
