import type { Message } from "@tau2/domains";
import { expect, test } from "vitest";
import { getNewMessages, formatObservation } from "./observation.ts";

const call = (id: string, name: string, requestor: "assistant" | "user") => ({ id, name, arguments: { b: 1, a: "x" }, requestor });
const messages: Message[] = [
  { role: "assistant", content: "Hi!", tool_calls: null },
  { role: "user", content: null, tool_calls: [call("u", "look", "user")] },
  { role: "tool", id: "u", content: "dark", requestor: "user", error: false },
  { role: "user", content: "It is dark.", tool_calls: null },
  { role: "assistant", content: "One moment.", tool_calls: [call("a", "f", "assistant"), call("b", "g", "assistant")] },
  { role: "tool", id: "a", content: "one", requestor: "assistant", error: false },
  { role: "tool", id: "b", content: "Error: two", requestor: "assistant", error: true },
];

test("an entry for each message, calls in one line (docs/spec/core.md#11-2)", () => {
  expect(formatObservation(messages)).toBe(
    "assistant: Hi!\nuser: look(a='x', b=1)\ntool: dark\nuser: It is dark.\nassistant: f(a='x', b=1), g(a='x', b=1)\ntool: one\ntool: Error: two",
  );
});

test("new to the agent is what came after its last message, and not what the user did for itself", () => {
  expect(formatObservation(getNewMessages(messages, "agent"))).toBe("tool: one\ntool: Error: two");
  expect(formatObservation(getNewMessages(messages.slice(0, 4), "agent"))).toBe("user: It is dark.");
});

test("new to the user is not what the agent did, even when it talked meanwhile", () => {
  expect(getNewMessages(messages, "user")).toEqual([]);
  expect(formatObservation(getNewMessages(messages.slice(0, 3), "user"))).toBe("tool: dark");
});

test("a learner that has not spoken yet sees everything", () => {
  expect(formatObservation(getNewMessages(messages.slice(0, 1), "user"))).toBe("assistant: Hi!");
});
