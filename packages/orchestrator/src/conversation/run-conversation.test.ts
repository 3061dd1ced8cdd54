import { expect, test } from "vitest";
import type { AssistantMessage, UserMessage } from "@tau2/domains";
import { agentSays, call, deskSetup, deskTask, lines, userSays, answer } from "../../test/desk.ts";
import { startConversation } from "./conversation.ts";
import { stepConversation, runConversation, getVisibleMessages } from "./run-conversation.ts";

const clock = () => ({ timestamp: "2025-01-31T10:30:00", elapsed: 0 });
const start = () =>
  startConversation(
    {
      environment: deskSetup(),
      task: deskTask(),
      maxSteps: 9,
      maxErrors: 9,
      timeoutSeconds: null,
      enforceProtocol: false,
      isAgentStop: () => false,
    },
    clock(),
  );

const participant = <M extends AssistantMessage | UserMessage>(...replies: (M | Promise<M>)[]) => ({
  implementation: "script",
  model: null,
  respond: () => replies.shift()!,
});

test("whoever is next is asked, at once or later, until it is over", async () => {
  const agent = participant<AssistantMessage>(Promise.resolve(agentSays(null, [call("look")])), agentSays("It is off"));
  const user = participant<UserMessage>(userSays("Is it on?"), Promise.resolve(userSays("Thanks ###STOP###")));
  const seen: number[] = [];
  const end = await runConversation(start(), { agent, user, clock, onStep: ({ steps }) => seen.push(steps) });
  expect(lines(end.messages)).toEqual([
    "assistant: Hi! How can I help you today?",
    "user: Is it on?",
    "assistant: look()",
    "tool: off",
    "assistant: It is off",
    "user: Thanks ###STOP###",
  ]);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test("a step with somebody who answers at once takes no time", () => {
  const next = stepConversation(start(), { agent: participant<AssistantMessage>(), user: participant(userSays("Hello")), clock });
  expect(next).not.toBeInstanceOf(Promise);
});

test("what a participant throws goes through", async () => {
  const user = participant<UserMessage>(Promise.reject(new Error("gone")));
  await expect(runConversation(start(), { agent: participant<AssistantMessage>(), user, clock })).rejects.toThrow("gone");
});

test("nobody is asked once the caller has given up", async () => {
  const user = participant<UserMessage>(userSays("Hello"));
  const signal = AbortSignal.abort(new Error("enough"));
  await expect(runConversation(start(), { agent: participant<AssistantMessage>(), user, clock, signal })).rejects.toThrow("enough");
});

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
