import { expect, test } from "vitest";
import { loadEnvironment } from "../data/load.ts";
import { telecom } from "../telecom/index.ts";
import { answerChatCalls, assignCallIds, answerResponsesCalls, chatTools, responsesTools } from "./openai.ts";

const fresh = () => loadEnvironment(telecom, { dataDir: null });
const suspend = JSON.stringify({ customer_id: "C1001", line_id: "L1002", reason: "lost" });

test("chatTools and responsesTools declare each tool once", () => {
  const env = fresh();
  expect(chatTools(env).map((tool) => tool.function.name)).toEqual(responsesTools(env).map(({ name }) => name));
  expect(responsesTools(env, "user")).toHaveLength(30);
  expect(responsesTools(env)[0]).toMatchObject({
    type: "function",
    name: "get_customer_by_phone",
    strict: false,
    parameters: { required: ["phone_number"] },
  });
});

test("answerChatCalls executes the calls of a message in order, and answers each under its id", () => {
  const env = fresh();
  const call = (id: string) => ({ id, type: "function", function: { name: "suspend_line", arguments: suspend } });
  const [first, second] = answerChatCalls(env, { tool_calls: [call("a"), call("b")] });
  expect(first).toMatchObject({ role: "tool", tool_call_id: "a", content: expect.stringContaining("Line suspended successfully") });
  expect(second).toMatchObject({ tool_call_id: "b", content: "Error: Line must be active to suspend" });
});

test("answers to calls without ids receive the ids that the conversation is sent with", () => {
  const call = { id: null, function: { name: "suspend_line", arguments: suspend } };
  const reply = { role: "assistant", tool_calls: [call, call] };
  const sent = assignCallIds<{ role: string }>([reply, ...answerChatCalls(fresh(), reply)]);
  expect(sent).toMatchObject([
    { tool_calls: [{ id: "call_1" }, { id: "call_2" }] },
    { tool_call_id: "call_1", content: expect.stringContaining("suspended") },
    { tool_call_id: "call_2", content: expect.stringContaining("Error") },
  ]);
});

test("answerChatCalls returns an empty list for a message without calls", () => {
  expect(answerChatCalls(fresh(), { tool_calls: null })).toEqual([]);
});

test("answerResponsesCalls executes function calls and skips other items", () => {
  const output = [
    { type: "reasoning" },
    // As the types of OpenAI's package have it: no call that is meant for us.
    { type: "tool_search_call", call_id: null, arguments: { query: "line" } },
    { type: "function_call", call_id: "c", name: "get_customer_by_id", arguments: '{"customer_id":"C9"}' },
  ];
  expect(answerResponsesCalls(fresh(), output)).toEqual([
    { type: "function_call_output", call_id: "c", output: "Error: Customer with ID C9 not found" },
  ]);
});

test.each<[string, unknown]>([
  ["JSON text", suspend],
  ["an object", JSON.parse(suspend)],
  ["JSON text that was encoded twice", JSON.stringify(suspend)],
])("calls are answered whose arguments are %s", (_, written) => {
  const content = expect.stringContaining("Line suspended successfully");
  const called = { name: "suspend_line", arguments: written };
  expect(answerChatCalls(fresh(), { tool_calls: [{ id: "a", function: called }] })).toMatchObject([{ content }]);
  expect(answerResponsesCalls(fresh(), [{ type: "function_call", call_id: "a", ...called }])).toMatchObject([{ output: content }]);
});

test.each([[""], [" "], [null], ["null"], [undefined]])("the arguments %j call a tool without arguments", (written) => {
  const called = { name: "check_app_status", arguments: written };
  const content = expect.stringContaining("'app_name' is missing");
  expect(answerChatCalls(fresh(), { tool_calls: [{ id: "a", function: called }] }, "user")).toMatchObject([{ content }]);
  expect(answerResponsesCalls(fresh(), [{ type: "function_call", call_id: "a", ...called }], "user")).toMatchObject([{ output: content }]);
});

test.each(["{not json", "[1]", "7"])("answerChatCalls answers the arguments %j with an error instead of throwing", (text) => {
  const [answer] = answerChatCalls(fresh(), { tool_calls: [{ id: "a", function: { name: "suspend_line", arguments: text } }] });
  expect(answer?.content).toMatch(/^Error: the arguments of suspend_line/);
});
