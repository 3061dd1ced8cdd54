import {
  applyMessage,
  endWithTimeout,
  executeToolCalls,
  formatTimestamp,
  toTrajectory,
  type Conversation,
  type ConversationRules,
} from "./conversation.ts";
import { startConversation } from "./start-conversation.ts";
import { expect, test, describe } from "vitest";
import { agentSays, answer, call, deskSetup, deskTask, userSays, lines } from "../../test/desk.ts";
import type { AssistantMessage, UserMessage, Message } from "@tau2/domains";

test("a timestamp is local and has six decimals", () => {
  expect(formatTimestamp(new Date(2025, 0, 31, 9, 5, 7, 42))).toBe("2025-01-31T09:05:07.042000");
});

test("a timestamp of a full second does not have decimals", () => {
  expect(formatTimestamp(new Date(2025, 11, 1, 23, 59, 0, 0))).toBe("2025-12-01T23:59:00");
});

const now = { timestamp: "2025-01-31T10:30:00", elapsed: 0 };

function start(fields: Partial<ConversationRules> = {}, solo = false) {
  const rules = { maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop: () => false };
  return startConversation({ ...rules, environment: deskSetup({ solo }), task: deskTask(), ...fields }, now);
}

const withHistory = (...message_history: ReturnType<typeof agentSays | typeof userSays | typeof answer>[]) =>
  deskTask({ initial_state: { message_history } });

describe("without a history", () => {
  test("a conversation starts with a greeting, and the user is next", () => {
    const { messages, lastSpeaker, nextSpeaker, ended } = start();
    expect(messages).toEqual([
      { role: "assistant", content: "Hi! How can I help you today?", tool_calls: null, cost: 0, timestamp: now.timestamp },
    ]);
    expect([lastSpeaker, nextSpeaker, ended]).toEqual(["agent", "user", null]);
  });

  test("an empty history counts as missing", () => {
    expect(start({ task: withHistory() }).messages).toHaveLength(1);
  });

  test("in solo mode the agent starts without messages", () => {
    const { messages, nextSpeaker, opening } = start({}, true);
    expect([messages, nextSpeaker, opening]).toEqual([[], "agent", true]);
  });
});

describe("with a history", () => {
  const switched = [agentSays(null, [call("switch_lamp", { on: true })]), answer("The lamp is on")];

  test("calls of the history have changed the state", () => {
    const { state, errors, steps } = start({ task: withHistory(userSays("Light, please"), ...switched) });
    expect([state.agent, errors, steps]).toEqual([{ lit: true }, 0, 0]);
  });

  test("messages of a history are dated one second apart, without turn_idx", () => {
    const { messages } = start({ task: withHistory(userSays("Hello"), { ...agentSays("Hello"), turn_idx: 7 }) });
    expect(messages.map(({ timestamp, turn_idx }) => [timestamp, turn_idx])).toEqual([
      ["2025-01-31T10:29:58", null],
      ["2025-01-31T10:29:59", null],
    ]);
  });

  test.each([
    ["the agent's words", [agentSays("Hello")], "agent", "user"],
    ["the user's words", [userSays("Hello")], "user", "agent"],
    ["an answer to the agent", switched, "environment", "agent"],
    ["an answer to the user", [userSays(null, [call("ring_bell", {}, "user")]), answer("Ding", "user")], "environment", "user"],
  ])("after %s the next speaker is correct", (_, history, from, to) => {
    expect(start({ task: withHistory(...history) })).toMatchObject({ lastSpeaker: from, nextSpeaker: to, ended: null });
  });

  test("a history that ends with a user stop is over", () => {
    expect(start({ task: withHistory(userSays("Bye ###STOP###")) }).ended).toBe("user_stop");
  });

  test("a history that ends with an agent stop is over", () => {
    expect(start({ task: withHistory(agentSays("Bye")), isAgentStop: () => true }).ended).toBe("agent_stop");
  });

  test("enforceProtocol checks the last message of a history", () => {
    const task = withHistory(agentSays("Anybody there?"));
    expect(start({ task, enforceProtocol: true }, true).ended).toBe("agent_error");
    expect(start({ task }, true).ended).toBeNull();
  });

  test.each([
    ["calls without a tool result", [agentSays(null, [call("look")]), userSays("Hello?")], "Tool message expected"],
    ["an unexpected tool result", [userSays("Hello"), answer("on")], "Tool message not expected"],
    ["a tool result for the counterpart", [agentSays(null, [call("look")]), answer("off", "user")], "from user, expected assistant"],
    ["a tool result with another id", [agentSays(null, [call("look")]), answer("off", "assistant", "2")], "id mismatch"],
    ["a call at its end", [agentSays(null, [call("look")])], "Tool message expected"],
    ["a blank message", [userSays(" "), agentSays("Hello")], "must have either content or tool_calls"],
    [
      "a tool result that the environment does not give",
      [agentSays(null, [call("switch_lamp", { on: true })]), answer("The lamp is broken")],
      "but the record holds",
    ],
  ])("a history with %s is an error", (_, history, problem) => {
    expect(() => start({ task: withHistory(...history) })).toThrow(problem);
  });

  test("a history in solo mode cannot have user messages", () => {
    expect(() => start({ task: withHistory(userSays("Hello")) }, true)).toThrow(/not allowed in solo mode/);
  });
});

const at = (elapsed: number) => ({ timestamp: "2025-01-31T10:30:00", elapsed });
const look = [call("look")];
const fails = [call("switch_lamp", { on: false })];

/** A conversation after these messages; the environment answers by itself. */
function after(messages: readonly (AssistantMessage | UserMessage)[], fields: Partial<ConversationRules> = {}, solo = false): Conversation {
  const rules = { maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop: () => false };
  let conversation = startConversation({ ...rules, environment: deskSetup({ solo }), task: deskTask(), ...fields }, at(0));
  for (const message of messages) {
    conversation = applyMessage(conversation, message, at(1));
    if (conversation.nextSpeaker === "environment" && !conversation.ended) conversation = executeToolCalls(conversation, at(1));
  }
  return conversation;
}

/** The conversation, which {@link toTrajectory} takes. */
function finishable(conversation: Conversation): Conversation {
  toTrajectory(conversation);
  return conversation;
}

describe("turns (docs/spec/core.md#6-2)", () => {
  test("speakers alternate, and calls return to their caller", () => {
    expect(after([userSays("Hello")])).toMatchObject({ lastSpeaker: "user", nextSpeaker: "agent", steps: 1 });
    expect(after([userSays("Hello"), agentSays("Hello")])).toMatchObject({ lastSpeaker: "agent", nextSpeaker: "user", steps: 2 });
    expect(after([userSays("Hello"), agentSays(null, look)])).toMatchObject({ lastSpeaker: "environment", nextSpeaker: "agent", steps: 3 });
    expect(after([userSays(null, [call("ring_bell", {}, "user")])])).toMatchObject({
      lastSpeaker: "environment",
      nextSpeaker: "user",
      steps: 2,
    });
  });

  test("several calls are executed in order in one step", () => {
    const both = [call("switch_lamp", { on: true }, "assistant", "a"), call("look", {}, "assistant", "b")];
    const { messages, steps } = after([userSays("Hello"), agentSays(null, both)]);
    expect(lines(messages).slice(2)).toEqual(["assistant: switch_lamp() look()", "tool: The lamp is on", "tool: on"]);
    expect(steps).toBe(3);
  });

  test("calls beside text are executed", () => {
    expect(after([userSays("Hello"), agentSays("A moment", [call("switch_lamp", { on: true })])]).state.agent).toEqual({ lit: true });
  });

  test("a message out of turn is an error", () => {
    expect(() => after([agentSays("Me first")])).toThrow(/the user's turn/);
    expect(() => executeToolCalls(after([]), at(1))).toThrow(/the user's turn/);
  });

  test("a blank message is an error, not an ending", () => {
    expect(() => after([userSays(" \n")])).toThrow("UserMessage must have either content or tool_calls.");
    expect(() => after([userSays("Hello"), agentSays(null)])).toThrow("AssistantMessage must have either content or tool_calls.");
  });

  test("an empty list of calls cannot be executed", () => {
    expect(() => after([userSays("Hello"), agentSays("Hm", [])])).toThrow(/empty list of tool calls/);
  });

  test("a message after the end is an error", () => {
    expect(() => after([userSays("###STOP###"), agentSays("Bye")])).toThrow(/Simulation is done/);
  });

  test("a conversation is immutable", () => {
    const before = after([userSays("Hello")]);
    applyMessage(before, agentSays("Hello"), at(2));
    expect(lines(before.messages)).toHaveLength(2);
  });
});

describe("stop tokens", () => {
  test.each(["###STOP###", "###TRANSFER###", "###OUT-OF-SCOPE###"])("%s in a user message is a user stop", (token) => {
    expect(after([userSays(`Bye ${token}!`)]).ended).toBe("user_stop");
  });

  test("a user message with a call does not stop", () => {
    expect(after([userSays("###STOP###", [call("ring_bell", {}, "user")])]).ended).toBeNull();
  });

  test("an agent message stops only by `isAgentStop`", () => {
    expect(after([userSays("Hello"), agentSays("###STOP###")]).ended).toBeNull();
    const isAgentStop = ({ content }: AssistantMessage) => content === "Over";
    expect(after([userSays("Hello"), agentSays("Over")], { isAgentStop }).ended).toBe("agent_stop");
  });
});

describe("limits (docs/spec/core.md#6-3)", () => {
  test("steps of the environment count", () => {
    expect(after([userSays("Hello"), agentSays(null, look)], { maxSteps: 3 }).ended).toBe("max_steps");
  });

  test("limits are not applied while the environment is next", () => {
    const waiting = applyMessage(after([userSays("Hello")], { maxSteps: 2 }), agentSays(null, look), at(1));
    expect(waiting).toMatchObject({ steps: 2, nextSpeaker: "environment", ended: null });
  });

  test("a stop in the last step counts as too many steps", () => {
    expect(after([userSays("###STOP###")], { maxSteps: 1 }).ended).toBe("max_steps");
  });

  test("errors of both sides are summed", () => {
    const conversation = after([userSays(null, [call("unknown", {}, "user")]), userSays("Hello"), agentSays(null, fails)], {
      maxErrors: 2,
    });
    expect(conversation).toMatchObject({ errors: 2, ended: "too_many_errors" });
  });

  test("successful calls do not reset the error count", () => {
    expect(after([userSays("Hello"), agentSays(null, fails), agentSays(null, look), agentSays(null, fails)], { maxErrors: 2 }).ended).toBe(
      "too_many_errors",
    );
  });

  test("too many errors overrule too many steps", () => {
    expect(after([userSays("Hello"), agentSays(null, fails)], { maxSteps: 3, maxErrors: 1 }).ended).toBe("too_many_errors");
  });

  test("the timeout is inclusive", () => {
    expect(after([userSays("Hello")], { timeoutSeconds: 1 }).ended).toBe("timeout");
    expect(after([userSays("Hello")], { timeoutSeconds: 1.001 }).ended).toBeNull();
  });

  test("a timeout does not overrule a stop", () => {
    expect(after([userSays("###STOP###")], { timeoutSeconds: 1 }).ended).toBe("user_stop");
  });

  test("endWithTimeout ends a conversation once, without a pending reply", () => {
    const ended = endWithTimeout(after([userSays("Hello")]));
    expect([ended.ended, ended.nextSpeaker]).toEqual(["timeout", "agent"]);
    expect(() => endWithTimeout(ended)).toThrow(/Simulation is done/);
  });
});

describe("enforceProtocol (docs/spec/core.md#6-4)", () => {
  const enforceProtocol = true;

  test("text beside calls ends the conversation with an error of the speaker", () => {
    expect(after([userSays("Ring", [call("ring_bell", {}, "user")])], { enforceProtocol }).ended).toBe("user_error");
    expect(after([userSays("Hello"), agentSays("Look", look)], { enforceProtocol }).ended).toBe("agent_error");
  });

  test("an empty list of calls beside text violates the protocol", () => {
    expect(after([userSays("Hello"), agentSays("Hm", [])], { enforceProtocol }).ended).toBe("agent_error");
  });

  test("text or calls alone follow the protocol", () => {
    expect(after([userSays("Hello"), agentSays(null, look), agentSays("It is off")], { enforceProtocol }).ended).toBeNull();
  });
});

describe("solo mode", () => {
  const isAgentStop = ({ content }: AssistantMessage) => content?.includes("###STOP###") ?? false;

  test("a solo agent calls tools until it stops", () => {
    const conversation = after(
      [agentSays(null, [call("ring_bell")]), agentSays("###STOP###")],
      { isAgentStop, enforceProtocol: true },
      true,
    );
    expect([conversation.ended, conversation.state.user]).toEqual(["agent_stop", { rings: 1 }]);
  });

  test("the first message in solo mode does not count as a step", () => {
    expect(after([agentSays(null, look)], { isAgentStop }, true).steps).toBe(1);
  });

  test("only a first message may both stop and call tools", () => {
    const { ended, nextSpeaker } = finishable(after([agentSays("###STOP###", look)], { isAgentStop }, true));
    expect([ended, nextSpeaker]).toEqual(["agent_stop", "user"]);
    expect(() => finishable(after([agentSays(null, look), agentSays("###STOP###", look)], { isAgentStop }, true))).toThrow(/both stop/);
  });

  test("text without a stop is an agent error in solo mode", () => {
    expect(after([agentSays("Hello?")], { isAgentStop }, true).ended).toBe("agent_error");
    expect(after([agentSays(null, look), agentSays("It is off")], { isAgentStop }, true).ended).toBe("agent_error");
  });

  test("an empty first message is an agent error; a later one throws", () => {
    expect(after([agentSays(null)], { isAgentStop }, true).ended).toBe("agent_error");
    expect(() => after([agentSays(null, look), agentSays(null)], { isAgentStop }, true)).toThrow(/must have either content or tool_calls/);
  });

  test("text beside a call is an error only with enforceProtocol", () => {
    expect(after([agentSays("Let me look", look)], { isAgentStop }, true).ended).toBeNull();
    expect(after([agentSays("Let me look", look)], { isAgentStop, enforceProtocol: true }, true).ended).toBe("agent_error");
  });
});

function playToEnd(messages: readonly (AssistantMessage | UserMessage)[], history: Message[] = []): Conversation {
  const task = deskTask({ initial_state: { message_history: history } });
  const isAgentStop = ({ content }: AssistantMessage) => content === "Over";
  const rules = { environment: deskSetup(), task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop };
  return messages.reduce((conversation, message) => applyMessage(conversation, message, now), startConversation(rules, now));
}

const bye = userSays("###STOP###");

test("turn_idx counts from 0, including the history", () => {
  const { messages, terminationReason } = toTrajectory(playToEnd([bye], [userSays("Hello"), agentSays("Hello")]));
  expect(messages.map(({ turn_idx }) => turn_idx)).toEqual([0, 1, 2]);
  expect(terminationReason).toBe("user_stop");
});

test("costs are summed per side", () => {
  const { agentCost, userCost } = toTrajectory(
    playToEnd([
      { ...userSays("Hello"), cost: 0.25 },
      { ...agentSays("Hello"), cost: 1.5 },
      { ...bye, cost: 0.25 },
    ]),
  );
  expect([agentCost, userCost]).toEqual([1.5, 0.5]);
});

test("a cost is null if that of any message is unknown; tool results do not count", () => {
  const history = [agentSays(null, [call("look")]), answer("off"), { ...agentSays("It is off"), cost: null }];
  const { agentCost, userCost } = toTrajectory(playToEnd([bye], history));
  expect([agentCost, userCost]).toEqual([null, 0]);
});

test("a running conversation does not have a trajectory", () => {
  expect(() => toTrajectory(playToEnd([userSays("Hello")]))).toThrow("the conversation is not over: it is the agent's turn");
});

test("a message that both stops and calls does not have a trajectory", () => {
  expect(() => toTrajectory(playToEnd([userSays("Hello"), agentSays("Over", [call("look")])]))).toThrow(
    /Environment should not receive the last message/,
  );
});
