import { expect, test } from "vitest";
import { agentSays, answer, call, lines, userSays } from "../../test/desk.ts";
import { getVisibleMessages } from "./view.ts";

const trajectory = [
  agentSays("Hi!"),
  userSays("Let me ring", [call("ring_bell", {}, "user")]),
  answer("Ding", "user"),
  userSays("I rang"),
  agentSays("Let me look", [call("look")]),
  answer("off"),
  agentSays("It is off"),
];

test("the agent sees its own messages, the answers to its calls, and the user's words", () => {
  expect(lines(getVisibleMessages(trajectory, "agent"))).toEqual([
    "assistant: Hi!",
    "user: I rang",
    "assistant: Let me look look()",
    "tool: off",
    "assistant: It is off",
  ]);
});

test("the user sees the same of its side", () => {
  expect(lines(getVisibleMessages(trajectory, "user"))).toEqual([
    "assistant: Hi!",
    "user: Let me ring ring_bell()",
    "tool: Ding",
    "user: I rang",
    "assistant: It is off",
  ]);
});

test("an answer belongs to who made the call, whatever requestor the call named", () => {
  const mixedUp = [agentSays(null, [call("ring_bell", {}, "user")]), answer("Ding", "user")];
  expect([getVisibleMessages(mixedUp, "agent").length, getVisibleMessages(mixedUp, "user").length]).toEqual([2, 0]);
});

test("nobody sees system messages", () => {
  expect(getVisibleMessages([{ role: "system", content: "Note" }], "agent")).toEqual([]);
});
