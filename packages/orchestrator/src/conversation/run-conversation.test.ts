import { expect, test } from "vitest";
import type { AssistantMessage, UserMessage } from "@tau2/domains";
import { agentSays, call, deskSetup, deskTask, lines, userSays, answer } from "../../test/desk.ts";
import { getVisibleMessages, runConversation, stepConversation } from "./conversation.ts";
import { startConversation } from "./start-conversation.ts";

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

test("runConversation calls synchronous and asynchronous participants until the end", async () => {
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

test("a step of a synchronous participant is synchronous", () => {
  const next = stepConversation(start(), { agent: participant<AssistantMessage>(), user: participant(userSays("Hello")), clock });
  expect(next).not.toBeInstanceOf(Promise);
});

test("errors of participants propagate", async () => {
  const user = participant<UserMessage>(Promise.reject(new Error("gone")));
  await expect(runConversation(start(), { agent: participant<AssistantMessage>(), user, clock })).rejects.toThrow("gone");
});

test("an aborted signal stops the conversation before the next turn", async () => {
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

test("the agent sees its own messages, its tool results, and the user's text", () => {
  expect(lines(getVisibleMessages(trajectory, "agent"))).toEqual([
    "assistant: Hi!",
    "user: I rang",
    "assistant: Let me look look()",
    "tool: off",
    "assistant: It is off",
  ]);
});

test("the user sees its own messages, its tool results, and the agent's text", () => {
  expect(lines(getVisibleMessages(trajectory, "user"))).toEqual([
    "assistant: Hi!",
    "user: Let me ring ring_bell()",
    "tool: Ding",
    "user: I rang",
    "assistant: It is off",
  ]);
});

test("a tool result belongs to the caller, whatever its requestor", () => {
  const mixedUp = [agentSays(null, [call("ring_bell", {}, "user")]), answer("Ding", "user")];
  expect([getVisibleMessages(mixedUp, "agent").length, getVisibleMessages(mixedUp, "user").length]).toEqual([2, 0]);
});

test("system messages are not visible", () => {
  expect(getVisibleMessages([{ role: "system", content: "Note" }], "agent")).toEqual([]);
});
