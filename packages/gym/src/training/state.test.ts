import { expect, test } from "vitest";
import { toModelMessages } from "./state.ts";

const output = { role: "tool" as const, type: "function_call_output" as const, call_id: "c1", output: "42" };
const user = { role: "user" as const, content: "Hi" };

test("a model receives the system prompt, earlier messages, its answer and new messages, with tool results as plain messages", () => {
  const prior_messages = [{ role: "system", content: "old" }, user, output];
  const model_response = [{ role: "assistant", content: "Let me see." }];
  expect(toModelMessages({ system_prompt: "new", prior_messages, model_response, new_messages: [output, user] })).toEqual([
    { role: "system", content: "new" },
    user,
    { role: "tool", content: "42" },
    ...model_response,
    { role: "tool", content: "42" },
    user,
  ]);
});

test("an answer says which call it answers when the model made that through its endpoint", () => {
  const tool_calls = [{ id: "c1", type: "function" as const, function: { name: "f", arguments: "{}" } }];
  const model_response = [{ role: "assistant", content: null, tool_calls }];
  const messages = toModelMessages({ system_prompt: "s", prior_messages: [], model_response, new_messages: [output] });
  expect(messages.at(-1)).toEqual({ role: "tool", content: "42", tool_call_id: "c1" });
  const [, ...prior_messages] = messages;
  expect(toModelMessages({ system_prompt: "s", prior_messages, model_response: null, new_messages: [] }).at(-1)).toEqual(messages.at(-1));
});
