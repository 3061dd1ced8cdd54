import { expect, test } from "vitest";
import { mock } from "../../mock/index.ts";
import { parseInlineData } from "../domain/domain-data.ts";
import { createEnvironmentConfig } from "./execute-tool-call.ts";
import { createInitialState, mergeData } from "./create-initial-state.ts";
import type { Message, ToolCall } from "../task/message.ts";
import { mapOf } from "../schema/schema.ts";
import { z } from "zod";

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

test("a replay runs recorded writes again, and compares their answers as JSON", () => {
  expect(tasksAfter([calling(create), answer(recorded)])).toEqual(["task_1"]);
});

test("an answer that differs from the record is an error only in a strict replay", () => {
  const history = [calling(create), answer('{"task_id": "task_9"}')];
  expect(() => tasksAfter(history)).toThrow(/replaying create_task.*record holds/s);
  expect(tasksAfter(history, false)).toEqual(["task_1"]);
});

test("a replay treats all refusals as equal", () => {
  const unknown = { ...create, arguments: { user_id: "nobody", title: "Plan" } };
  expect(tasksAfter([calling(unknown), answer("Error: in other words", { error: true })])).toEqual([]);
});

test("a replay skips reads and unknown tools", () => {
  expect(tasksAfter([calling({ ...create, name: "get_users", arguments: {} }), answer("anything")])).toEqual([]);
  expect(tasksAfter([calling({ ...create, name: "no_such_tool" }), answer("anything")])).toEqual([]);
});

test.each<[string, Message[], RegExp]>([
  ["an answer without a call", [answer(recorded)], /should always follow a tool call/],
  ["a call without an answer", [calling(create)], /Got None/],
  ["a message in between", [calling(create), { role: "user", content: "Hello?", tool_calls: null }], /Got a user message/],
  ["ids that differ", [calling(create), answer(recorded, { id: "c2" })], /Got c1 and c2/],
])("a replay refuses %s", (_, history, text) => {
  expect(() => tasksAfter(history)).toThrow(text);
});

test("functions of an initial state run in order before the recorded messages", () => {
  const action = (func_name: string) => ({ env_type: "user" as const, func_name, arguments: { notification_id: "n1", message: "Hello" } });
  const state = createInitialState(setup, { initialization_actions: [action("add_notification")] });
  expect(state.user).toMatchObject({ notifications: { n1: { status: "unread" } } });
  expect(() => createInitialState(setup, { initialization_actions: [action("ring_bell")] })).toThrow(
    /user side of mock does not have a function 'ring_bell'/,
  );
});

test("merging data of the agent does not change the user's database", () => {
  const state = createInitialState(setup, { initialization_data: { agent_data: { users: { user_1: { name: "Eve" } } }, user_data: null } });
  expect(state.agent).toMatchObject({ users: { user_1: { name: "Eve", tasks: [] } } });
  expect(state.user).toEqual({ notifications: {} });
});

const method = z.discriminatedUnion("source", [
  z.object({ source: z.literal("gift_card"), amount: z.number() }),
  z.object({ source: z.literal("paypal") }),
]);
const user = z.object({ name: z.string(), age: z.int(), orders: z.array(z.string()), methods: mapOf(method) });
const schema = z.strictObject({ users: mapOf(user) });
const db = schema.parse({
  users: {
    ada: { name: "Ada", age: 36, orders: ["a", "b"], methods: { g1: { source: "gift_card", amount: 5 } } },
    bob: { name: "Bob", age: 41, orders: [], methods: {} },
  },
});

test("merged data replaces lists, merges objects key by key, and shares the other parts", () => {
  const merged = mergeData(schema, db, { users: { ada: { orders: ["c"] } } });
  expect(merged.users["ada"]).toEqual({ ...db.users["ada"], orders: ["c"] });
  expect(merged.users["bob"]).toBe(db.users["bob"]);
  expect(db.users["ada"]?.orders).toEqual(["a", "b"]);
});

test("a merged record with a new id is complete and comes last", () => {
  const merged = mergeData(schema, db, { users: { eve: { name: "Eve", age: 29, orders: [], methods: {} } } });
  expect(Object.keys(merged.users)).toEqual(["ada", "bob", "eve"]);
  expect(() => mergeData(schema, db, { users: { eve: { name: "Eve" } } })).toThrow(/users eve is not valid: age/);
});

test("a member of a union is validated after it was merged", () => {
  const merged = mergeData(schema, db, { users: { ada: { methods: { g1: { amount: 7 } } } } });
  expect(merged.users["ada"]?.methods).toEqual({ g1: { source: "gift_card", amount: 7 } });
});

test("merging refuses unknown keys at the root, and drops them inside of records", () => {
  expect(() => mergeData(schema, db, { orders: {} })).toThrow(/orders/);
  expect(mergeData(schema, db, { users: { bob: { shoe_size: 43 } } }).users["bob"]).toEqual(db.users["bob"]);
});

test("merging refuses a value of the wrong type, naming the place", () => {
  expect(() => mergeData(schema, db, { users: { bob: { age: "old" } } })).toThrow(/users bob age/);
});
