import { afterAll, expect, test } from "vitest";
import { evaluation } from "./kinds/evaluation.ts";
import { orchestrator } from "./kinds/orchestrator.ts";
import { Bench } from "./testing/bench.ts";
import { call, messages, reward_info } from "./testing/conversation.ts";

const bench = new Bench();
afterAll(() => bench.remove());

const conversation = {
  kind: "orchestrator",
  id: "right",
  domain: "mock",
  task_id: "add",
  initial_state: null,
  solo_mode: false,
  max_steps: 10,
  max_errors: 10,
  validate_communication: true,
  agent_stop_token: null,
  agent_script: [messages[2], messages[4]],
  user_script: [messages[1], messages[5]],
  raises: null,
  termination_reason: "user_stop",
  messages,
  num_errors: 0,
  step_count: 5,
  agent_db_diff: [
    { path: ["tasks", "task_2"], op: "add", value: { task_id: "task_2", title: "Call mum", description: null, status: "pending" } },
    { path: ["users", "user_2", "tasks"], op: "replace", value: ["task_2"] },
  ],
  user_db_diff: [],
  reward_info,
  reward_raises: null,
  malformed: false,
};

test("conversations are compared in messages, end, counts, databases and reward", async () => {
  bench.write(
    "orchestrator",
    conversation,
    { ...conversation, id: "an order of messages", messages: [...messages.slice(0, 4), messages[5], messages[4]] },
    { ...conversation, id: "an end", termination_reason: "max_steps" },
    { ...conversation, id: "a count", step_count: 6 },
  );
  const tally = await bench.run(orchestrator);
  expect(tally.total).toEqual({ passed: 1, failed: 3, skipped: 0 });
  expect(tally.failures.map(({ differences }) => differences[0]!.path)).toEqual(["messages[4].role", "termination_reason", "step_count"]);
});

test("a recorded exception must be thrown here too, and only then", async () => {
  const thrown = {
    raises: { type: "ScriptExhausted", message: "agent script is exhausted" },
    termination_reason: null,
    num_errors: null,
    step_count: null,
  };
  const cut = {
    ...conversation,
    ...thrown,
    reward_info: null,
    agent_script: [],
    agent_db_diff: [],
    messages: messages.slice(0, 2).map((message) => Object.assign({}, message, { turn_idx: null })),
  };
  bench.write("orchestrator", cut, { ...conversation, ...thrown }, { ...conversation, agent_script: [] });
  expect((await bench.run(orchestrator)).total).toEqual({ passed: 1, failed: 2, skipped: 0 });
});

test("in malformed lines the texts of errors are ours, and a refused call where the record has an answer is skipped", async () => {
  const wrong = { ...call, arguments: { user_id: "user_2" } };
  const refusal = { role: "tool", content: "Error: Python's text", turn_idx: 3, requestor: "assistant", error: true, id: "c1" };
  const line = {
    ...conversation,
    malformed: true,
    agent_script: [{ content: null, tool_calls: [wrong] }, messages[4]],
    messages: [...messages.slice(0, 2), { ...messages[2], tool_calls: [wrong] }, refusal, ...messages.slice(4)],
    num_errors: 1,
    agent_db_diff: [],
    reward_info: null,
  };
  bench.write(
    "orchestrator",
    line,
    { ...line, messages: line.messages.map((message) => (message === refusal ? { ...refusal, error: false } : message)) },
    { ...line, malformed: false },
  );
  expect((await bench.run(orchestrator)).total).toEqual({ passed: 1, failed: 1, skipped: 1 });
});

test("rewards are compared in full; where malformed, a difference is a skip", async () => {
  const line = {
    kind: "evaluation",
    id: "right",
    domain: "mock",
    task_id: "add",
    evaluation_type: "all",
    solo_mode: false,
    termination_reason: "user_stop",
    messages,
    reward_info,
    raises: null,
    malformed: false,
  };
  const other = { ...line, id: "other", reward_info: { ...reward_info, reward_breakdown: { DB: 1 } } };
  const raised = { ...line, id: "raised", reward_info: null, raises: { type: "ValueError", message: "no" } };
  bench.write("evaluation", line, other, raised, { ...other, malformed: true }, { ...line, malformed: true });
  const tally = await bench.run(evaluation);
  expect(tally.total).toEqual({ passed: 2, failed: 2, skipped: 1 });
  expect(tally.failures.map(({ id }) => id)).toEqual(["other", "raised"]);
});
