import { afterAll, expect, test } from "vitest";
import { calls } from "./kinds/calls.ts";
import { gold } from "./kinds/gold.ts";
import { malformed } from "./kinds/malformed.ts";
import { tools } from "./kinds/tools.ts";
import { report } from "./report.ts";
import { Bench } from "./testing/bench.ts";

const bench = new Bench();
afterAll(() => bench.remove());

const created = { task_id: "task_2", title: "Call mum", description: null, status: "pending" };
const content = '{"task_id": "task_2", "title": "Call mum", "description": null, "status": "pending"}';
const call = { requestor: "assistant", name: "create_task", arguments: { user_id: "user_2", title: "Call mum" }, content, error: false };
const final = {
  agent_db_diff: [
    { path: ["tasks", "task_2"], op: "add", value: created },
    { path: ["users", "user_2", "tasks"], op: "replace", value: ["task_2"] },
  ],
  user_db_diff: [],
};
const trace = {
  kind: "calls",
  id: "right",
  domain: "mock",
  task_id: null,
  solo_mode: false,
  initial_state: null,
  init_raises: null,
  steps: [call],
  final,
};

test("a wrong text, a wrong state and an error that should not be one are failures, each named", async () => {
  bench.write(
    "calls",
    trace,
    { ...trace, id: "text", steps: [{ ...call, content: content.replace("mum", "dad") }] },
    { ...trace, id: "state", final: { ...final, agent_db_diff: final.agent_db_diff.slice(1) } },
    { ...trace, id: "error", steps: [{ ...call, error: true, origin: "runtime", content: "Error: unhashable" }] },
    { ...trace, id: "state refused", init_raises: { type: "ValueError", message: "no" } },
  );
  const tally = await bench.run(calls);
  expect(tally.total).toEqual({ passed: 1, failed: 4, skipped: 0 });
  expect(tally.failures.map(({ id }) => id)).toEqual(["text", "state", "error"]);
  const [text] = tally.failures[0]!.differences;
  expect(text).toMatchObject({ expected: content.replace("mum", "dad"), actual: content });
  expect(text!.path).toContain("steps[0] assistant create_task");
  expect(report(tally).at(-1)).toBe("1 passed, 4 failed, 0 skipped");
});

test("a domain that does not exist here is skipped, and the report says so", async () => {
  bench.write("calls", { ...trace, domain: "bakery" });
  const tally = await bench.run(calls);
  expect(tally.total).toEqual({ passed: 0, failed: 0, skipped: 1 });
  expect(report(tally).join("\n")).toMatch(/calls +bakery +1 +domain bakery does not exist here/);
});

test("where initialization data merges the two sides of tau2-bench, the counterpart is left out, and only it", async () => {
  const merged = { ...trace, initial_state: { initialization_data: { agent_data: { users: { user_1: { name: "Inés" } } } } } };
  const renamed = { path: ["users", "user_1", "name"], op: "replace", value: "Inés" };
  const broken = { requestor: "user", name: "check_notifications", arguments: {}, content: "Error: no attribute", error: true };
  const steps = [call, broken];
  const state = {
    agent_db_diff: [final.agent_db_diff[0], renamed, final.agent_db_diff[1]],
    user_db_diff: [{ path: ["notifications"], op: "remove", value: null }],
  };
  bench.write("calls", { ...merged, steps, final: state }, { ...merged, id: "wrong", steps, final: { ...state, agent_db_diff: [] } });
  const tally = await bench.run(calls);
  expect(tally.total).toEqual({ passed: 1, failed: 1, skipped: 0 });
  expect(tally.partial).toMatchObject([{ count: 1 }]);
});

test("malformed calls are refused without a trace, or answered as in tau2-bench", async () => {
  const line = { kind: "malformed", domain: "mock", solo_mode: false, initial_state: null, requestor: "assistant", name: "create_task" };
  const missing = {
    ...line,
    id: "missing",
    arguments: { user_id: "user_1" },
    reference: { content: "Error: Python's text", error: true, origin: "binding" },
  };
  bench.write(
    "malformed",
    missing,
    { ...missing, id: "let through", reference: { content: "{}", error: false, origin: null } },
    { ...missing, id: "not refused", arguments: { user_id: "user_1", title: "x" } },
    { kind: "malformed_state", id: "fine state", domain: "mock", solo_mode: false, initial_state: { initialization_actions: [] } },
  );
  const tally = await bench.run(malformed);
  expect(tally.failures.map(({ id }) => id)).toEqual(["not refused", "fine state"]);
  expect(tally.total.passed).toBe(2);
});

test("a solution that does not lead to the recorded state fails", async () => {
  const line = {
    kind: "gold",
    domain: "mock",
    task_id: "add",
    splits: ["base"],
    init: [],
    steps: [{ action_id: "a", ...call }],
    env_assertions: [
      {
        func_name: "assert_number_of_tasks",
        met: true,
        env_type: "assistant",
        arguments: { expected_number: 1, user_id: "user_2" },
        assert_value: true,
        message: null,
      },
    ],
    final,
    final_evaluator: null,
  };
  bench.write(
    "gold",
    line,
    { ...line, final: { ...final, agent_db_diff: [] } },
    { ...line, env_assertions: [{ ...line.env_assertions[0], met: false }] },
  );
  expect((await bench.run(gold)).total).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test("tools are compared with their place, and one that is not in the list fails", async () => {
  const line = {
    domain: "mock",
    requestor: "user",
    name: "check_notifications",
    kind: "read",
    mutates_state: false,
    parameters: { properties: {}, type: "object" },
    required: [],
  };
  bench.write("tools", line);
  const tally = await bench.run(tools);
  expect(tally.failures.map(({ id }) => id)).toEqual(["mock user dismiss_notification"]);
  expect(tally.total.passed).toBe(1);
});

test("records that are not there are named, not counted", async () => {
  const empty = new Bench();
  const tally = await empty.run(calls, gold);
  empty.remove();
  expect(tally.missing).toEqual(["calls", "gold"]);
  expect(tally.total).toEqual({ passed: 0, failed: 0, skipped: 0 });
});
