import { expect, test } from "vitest";
import { mock } from "../mock/index.ts";
import { parseInlineData } from "./domain.ts";
import { createEnvironmentConfig } from "./setup.ts";
import { createInitialState } from "./initialize.ts";
import type { Message, ToolCall } from "./message.ts";

const data = parseInlineData(mock, {
  db: { tasks: {}, users: { user_1: { user_id: "user_1", name: "Ada", tasks: [] } } },
  userDb: {},
  policy: "Be kind.",
});
const setup = createEnvironmentConfig(mock, data) as never;
const create: ToolCall = { id: "c1", name: "create_task", arguments: { user_id: "user_1", title: "Plan" }, requestor: "assistant" };
const calling = (...tool_calls: ToolCall[]): Message => ({ role: "assistant", content: null, tool_calls });
const answer = (content: string, more: object = {}): Message => ({
  role: "tool",
  id: "c1",
  content,
  requestor: "assistant",
  error: false,
  ...more,
});
const recorded = '{"task_id":"task_1","title":"Plan","description":null,"status":"pending"}';
const tasksAfter = (message_history: Message[], strict = true) =>
  Object.keys((createInitialState(setup, { message_history }, { strict }).agent as { tasks: object }).tasks);

test("recorded writes run again; their answers are compared as JSON, not as text", () => {
  expect(tasksAfter([calling(create), answer(recorded)])).toEqual(["task_1"]);
});

test("an answer that differs from the record is an error, or is passed over when not strict", () => {
  const history = [calling(create), answer('{"task_id": "task_9"}')];
  expect(() => tasksAfter(history)).toThrow(/replaying create_task.*record holds/s);
  expect(tasksAfter(history, false)).toEqual(["task_1"]);
});

test("two refusals are the same answer, whatever their words", () => {
  const unknown = { ...create, arguments: { user_id: "nobody", title: "Plan" } };
  expect(tasksAfter([calling(unknown), answer("Error: in other words", { error: true })])).toEqual([]);
});

test("reads and unknown tools are not run again", () => {
  expect(tasksAfter([calling({ ...create, name: "get_users", arguments: {} }), answer("anything")])).toEqual([]);
  expect(tasksAfter([calling({ ...create, name: "no_such_tool" }), answer("anything")])).toEqual([]);
});

test.each<[string, Message[], RegExp]>([
  ["an answer without a call", [answer(recorded)], /should always follow a tool call/],
  ["a call without an answer", [calling(create)], /Got None/],
  ["a message in between", [calling(create), { role: "user", content: "Hello?", tool_calls: null }], /Got a user message/],
  ["ids that differ", [calling(create), answer(recorded, { id: "c2" })], /Got c1 and c2/],
])("%s breaks the record", (_, history, text) => {
  expect(() => tasksAfter(history)).toThrow(text);
});

test("functions run in order before the record, and an unknown one is named", () => {
  const action = (func_name: string) => ({ env_type: "user" as const, func_name, arguments: { notification_id: "n1", message: "Hello" } });
  const state = createInitialState(setup, { initialization_actions: [action("add_notification")] });
  expect(state.user).toMatchObject({ notifications: { n1: { status: "unread" } } });
  expect(() => createInitialState(setup, { initialization_actions: [action("ring_bell")] })).toThrow(
    /user side of mock has no function 'ring_bell'/,
  );
});

test("data of one side leaves the other side alone", () => {
  const state = createInitialState(setup, { initialization_data: { agent_data: { users: { user_1: { name: "Eve" } } }, user_data: null } });
  expect(state.agent).toMatchObject({ users: { user_1: { name: "Eve", tasks: [] } } });
  expect(state.user).toEqual({ notifications: {} });
});
