import { expect, test } from "vitest";
import { assignCallIds, type MessageWithCallIds } from "./assign-call-ids.ts";

const calls = (...ids: (string | null | undefined)[]) => ({ role: "assistant", tool_calls: ids.map((id) => ({ id })) });
const answer = (id: string | null | undefined, content = "") => ({ role: "tool", tool_call_id: id, content });
const user = { role: "user" };

function getIds(messages: readonly MessageWithCallIds[]): unknown[] {
  return assignCallIds(messages).map(({ role, tool_calls, tool_call_id }) => {
    return role === "tool" ? tool_call_id : (tool_calls?.map(({ id }) => id) ?? null);
  });
}

test.each([[undefined], [null], [""], ["  "]])("a call with the id %j receives an id, and so does its answer", (id) => {
  expect(getIds([user, calls(id), answer(id), calls(id), answer(id)])).toEqual([null, ["call_1"], "call_1", ["call_2"], "call_2"]);
});

test("ids that are doubled in one message become unique, and answers follow in order", () => {
  const messages = [calls("a", "a", "b"), answer("a"), answer("b"), answer("a")];
  expect(getIds(messages)).toEqual([["a", "call_1", "b"], "a", "b", "call_1"]);
});

test("an id that a later turn reuses becomes unique", () => {
  const messages = [calls("call_1"), answer("call_1"), user, calls("call_1"), answer("call_1"), calls("call_2"), answer("call_2")];
  expect(getIds(messages)).toEqual([["call_1"], "call_1", null, ["call_2"], "call_2", ["call_3"], "call_3"]);
});

test("the ids of a message stay the same while the conversation grows", () => {
  const messages = [calls(""), answer(""), calls("call_1"), answer("call_1"), calls("", "call_1"), answer(""), answer("call_1")];
  const all = assignCallIds(messages);
  for (let n = 1; n <= messages.length; n++) expect(assignCallIds(messages.slice(0, n))).toEqual(all.slice(0, n));
});

test("messages with right ids, and answers without a call, stay as they are", () => {
  const messages = [user, calls("a", "b"), answer("a"), answer("b"), calls("c"), answer("c"), answer("x"), answer("")];
  for (const [i, message] of assignCallIds(messages).entries()) expect(message).toBe(messages[i]);
});

test("the input does not change", () => {
  const messages = [calls(""), answer("")];
  assignCallIds(messages);
  expect(messages).toEqual([calls(""), answer("")]);
});
