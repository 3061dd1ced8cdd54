import { formatTimestamp } from "./clock.ts";
import { expect, test, describe } from "vitest";
import {
  startConversation,
  type ConversationRules,
  type Conversation,
  toTrajectory,
  executeToolCalls,
  applyMessage,
  endWithTimeout,
} from "./conversation.ts";
import { agentSays, answer, call, deskSetup, deskTask, userSays, lines } from "../../test/desk.ts";
import type { AssistantMessage, UserMessage, Message } from "@tau2/domains";

test("a point in time is local and has six decimals", () => {
  expect(formatTimestamp(new Date(2025, 0, 31, 9, 5, 7, 42))).toBe("2025-01-31T09:05:07.042000");
});

test("a full second has none", () => {
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
  test("the agent has greeted, for nothing, and the user is next", () => {
    const { messages, lastSpeaker, nextSpeaker, ended } = start();
    expect(messages).toEqual([
      { role: "assistant", content: "Hi! How can I help you today?", tool_calls: null, cost: 0, timestamp: now.timestamp },
    ]);
    expect([lastSpeaker, nextSpeaker, ended]).toEqual(["agent", "user", null]);
  });

  test("an empty list is no history", () => {
    expect(start({ task: withHistory() }).messages).toHaveLength(1);
  });

  test("alone the agent begins, with nothing said before", () => {
    const { messages, nextSpeaker, opening } = start({}, true);
    expect([messages, nextSpeaker, opening]).toEqual([[], "agent", true]);
  });
});

describe("with a history", () => {
  const switched = [agentSays(null, [call("switch_lamp", { on: true })]), answer("The lamp is on")];

  test("what was done in it is done", () => {
    const { state, errors, steps } = start({ task: withHistory(userSays("Light, please"), ...switched) });
    expect([state.agent, errors, steps]).toEqual([{ lit: true }, 0, 0]);
  });

  test("its messages lie a second apart, the last a second ago, and have no positions yet", () => {
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
  ])("after %s the right one is next", (_, history, from, to) => {
    expect(start({ task: withHistory(...history) })).toMatchObject({ lastSpeaker: from, nextSpeaker: to, ended: null });
  });

  test("it is over when its last words were the user's goodbye", () => {
    expect(start({ task: withHistory(userSays("Bye ###STOP###")) }).ended).toBe("user_stop");
  });

  test("it is over when its last words were the agent's, and the agent may end it", () => {
    expect(start({ task: withHistory(agentSays("Bye")), isAgentStop: () => true }).ended).toBe("agent_stop");
  });

  test("the check of the protocol looks at its last message: alone, talk is a fault", () => {
    const task = withHistory(agentSays("Anybody there?"));
    expect(start({ task, enforceProtocol: true }, true).ended).toBe("agent_error");
    expect(start({ task }, true).ended).toBeNull();
  });

  test.each([
    ["calls without an answer", [agentSays(null, [call("look")]), userSays("Hello?")], "Tool message expected"],
    ["an answer that nobody asked for", [userSays("Hello"), answer("on")], "Tool message not expected"],
    ["an answer to somebody else", [agentSays(null, [call("look")]), answer("off", "user")], "from user, expected assistant"],
    ["an answer to another call", [agentSays(null, [call("look")]), answer("off", "assistant", "2")], "id mismatch"],
    ["a call at its end", [agentSays(null, [call("look")])], "Tool message expected"],
    ["a blank message", [userSays(" "), agentSays("Hello")], "must have either content or tool_calls"],
    [
      "another answer than the environment gives",
      [agentSays(null, [call("switch_lamp", { on: true })]), answer("The lamp is broken")],
      "but the record holds",
    ],
  ])("%s is an error", (_, history, problem) => {
    expect(() => start({ task: withHistory(...history) })).toThrow(problem);
  });

  test("alone there can be no words of a user in it", () => {
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
  test("user and agent alternate, and calls go to the environment and come back to who made them", () => {
    expect(after([userSays("Hello")])).toMatchObject({ lastSpeaker: "user", nextSpeaker: "agent", steps: 1 });
    expect(after([userSays("Hello"), agentSays("Hello")])).toMatchObject({ lastSpeaker: "agent", nextSpeaker: "user", steps: 2 });
    expect(after([userSays("Hello"), agentSays(null, look)])).toMatchObject({ lastSpeaker: "environment", nextSpeaker: "agent", steps: 3 });
    expect(after([userSays(null, [call("ring_bell", {}, "user")])])).toMatchObject({
      lastSpeaker: "environment",
      nextSpeaker: "user",
      steps: 2,
    });
  });

  test("several calls are answered in their order in one step", () => {
    const both = [call("switch_lamp", { on: true }, "assistant", "a"), call("look", {}, "assistant", "b")];
    const { messages, steps } = after([userSays("Hello"), agentSays(null, both)]);
    expect(lines(messages).slice(2)).toEqual(["assistant: switch_lamp() look()", "tool: The lamp is on", "tool: on"]);
    expect(steps).toBe(3);
  });

  test("calls beside text are carried out", () => {
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

  test("an empty list of calls leaves nothing to answer", () => {
    expect(() => after([userSays("Hello"), agentSays("Hm", [])])).toThrow(/empty list of tool calls/);
  });

  test("nothing is said once it is over", () => {
    expect(() => after([userSays("###STOP###"), agentSays("Bye")])).toThrow(/Simulation is done/);
  });

  test("each value stays what it was", () => {
    const before = after([userSays("Hello")]);
    applyMessage(before, agentSays("Hello"), at(2));
    expect(lines(before.messages)).toHaveLength(2);
  });
});

describe("endings by words", () => {
  test.each(["###STOP###", "###TRANSFER###", "###OUT-OF-SCOPE###"])("%s in the user's words is a user stop", (token) => {
    expect(after([userSays(`Bye ${token}!`)]).ended).toBe("user_stop");
  });

  test("a user who also calls a tool has not stopped", () => {
    expect(after([userSays("###STOP###", [call("ring_bell", {}, "user")])]).ended).toBeNull();
  });

  test("the agent's words end it only where its rule says so", () => {
    expect(after([userSays("Hello"), agentSays("###STOP###")]).ended).toBeNull();
    const isAgentStop = ({ content }: AssistantMessage) => content === "Over";
    expect(after([userSays("Hello"), agentSays("Over")], { isAgentStop }).ended).toBe("agent_stop");
  });
});

describe("limits (docs/spec/core.md#6-3)", () => {
  test("the number of steps counts those of the environment", () => {
    expect(after([userSays("Hello"), agentSays(null, look)], { maxSteps: 3 }).ended).toBe("max_steps");
  });

  test("while the environment is next the limits wait", () => {
    const waiting = applyMessage(after([userSays("Hello")], { maxSteps: 2 }), agentSays(null, look), at(1));
    expect(waiting).toMatchObject({ steps: 2, nextSpeaker: "environment", ended: null });
  });

  test("a stop in the last step counts as too many steps", () => {
    expect(after([userSays("###STOP###")], { maxSteps: 1 }).ended).toBe("max_steps");
  });

  test("errors of both sides are counted together", () => {
    const conversation = after([userSays(null, [call("unknown", {}, "user")]), userSays("Hello"), agentSays(null, fails)], {
      maxErrors: 2,
    });
    expect(conversation).toMatchObject({ errors: 2, ended: "too_many_errors" });
  });

  test("errors in between do not start the count anew", () => {
    expect(after([userSays("Hello"), agentSays(null, fails), agentSays(null, look), agentSays(null, fails)], { maxErrors: 2 }).ended).toBe(
      "too_many_errors",
    );
  });

  test("with both limits reached the errors are the reason", () => {
    expect(after([userSays("Hello"), agentSays(null, fails)], { maxSteps: 3, maxErrors: 1 }).ended).toBe("too_many_errors");
  });

  test("time is up when it is reached, also exactly", () => {
    expect(after([userSays("Hello")], { timeoutSeconds: 1 }).ended).toBe("timeout");
    expect(after([userSays("Hello")], { timeoutSeconds: 1.001 }).ended).toBeNull();
  });

  test("time does not overrule a stop", () => {
    expect(after([userSays("###STOP###")], { timeoutSeconds: 1 }).ended).toBe("user_stop");
  });

  test("whoever still thinks when time is up is not waited for", () => {
    const ended = endWithTimeout(after([userSays("Hello")]));
    expect([ended.ended, ended.nextSpeaker]).toEqual(["timeout", "agent"]);
    expect(() => endWithTimeout(ended)).toThrow(/Simulation is done/);
  });
});

describe("the check of the protocol (docs/spec/core.md#6-4)", () => {
  const enforceProtocol = true;

  test("text beside calls ends it as the error of who said it", () => {
    expect(after([userSays("Ring", [call("ring_bell", {}, "user")])], { enforceProtocol }).ended).toBe("user_error");
    expect(after([userSays("Hello"), agentSays("Look", look)], { enforceProtocol }).ended).toBe("agent_error");
  });

  test("an empty list of calls is neither text nor call, but one beside text is both", () => {
    expect(after([userSays("Hello"), agentSays("Hm", [])], { enforceProtocol }).ended).toBe("agent_error");
  });

  test("it does not mind either of them alone", () => {
    expect(after([userSays("Hello"), agentSays(null, look), agentSays("It is off")], { enforceProtocol }).ended).toBeNull();
  });
});

describe("alone", () => {
  const isAgentStop = ({ content }: AssistantMessage) => content?.includes("###STOP###") ?? false;

  test("the agent calls until it stops", () => {
    const conversation = after(
      [agentSays(null, [call("ring_bell")]), agentSays("###STOP###")],
      { isAgentStop, enforceProtocol: true },
      true,
    );
    expect([conversation.ended, conversation.state.user]).toEqual(["agent_stop", { rings: 1 }]);
  });

  test("the first message is no step", () => {
    expect(after([agentSays(null, look)], { isAgentStop }, true).steps).toBe(1);
  });

  test("a first message that stops ends it whatever it calls beside that; a later one cannot do both", () => {
    const { ended, nextSpeaker } = finishable(after([agentSays("###STOP###", look)], { isAgentStop }, true));
    expect([ended, nextSpeaker]).toEqual(["agent_stop", "user"]);
    expect(() => finishable(after([agentSays(null, look), agentSays("###STOP###", look)], { isAgentStop }, true))).toThrow(/both stop/);
  });

  test("talk without a stop is the agent's error, at any time", () => {
    expect(after([agentSays("Hello?")], { isAgentStop }, true).ended).toBe("agent_error");
    expect(after([agentSays(null, look), agentSays("It is off")], { isAgentStop }, true).ended).toBe("agent_error");
  });

  test("an empty first message is an error of the agent, where a later one cannot be delivered", () => {
    expect(after([agentSays(null)], { isAgentStop }, true).ended).toBe("agent_error");
    expect(() => after([agentSays(null, look), agentSays(null)], { isAgentStop }, true)).toThrow(/must have either content or tool_calls/);
  });

  test("text beside a call is an error only under the check", () => {
    expect(after([agentSays("Let me look", look)], { isAgentStop }, true).ended).toBeNull();
    expect(after([agentSays("Let me look", look)], { isAgentStop, enforceProtocol: true }, true).ended).toBe("agent_error");
  });
});

function finishAfter(messages: readonly (AssistantMessage | UserMessage)[], history: Message[] = []): Conversation {
  const task = deskTask({ initial_state: { message_history: history } });
  const isAgentStop = ({ content }: AssistantMessage) => content === "Over";
  const rules = { environment: deskSetup(), task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop };
  return messages.reduce((conversation, message) => applyMessage(conversation, message, now), startConversation(rules, now));
}

const bye = userSays("###STOP###");

test("messages are numbered from 0, a history among them", () => {
  const { messages, terminationReason } = toTrajectory(finishAfter([bye], [userSays("Hello"), agentSays("Hello")]));
  expect(messages.map(({ turn_idx }) => turn_idx)).toEqual([0, 1, 2]);
  expect(terminationReason).toBe("user_stop");
});

test("costs are summed for each side", () => {
  const { agentCost, userCost } = toTrajectory(
    finishAfter([
      { ...userSays("Hello"), cost: 0.25 },
      { ...agentSays("Hello"), cost: 1.5 },
      { ...bye, cost: 0.25 },
    ]),
  );
  expect([agentCost, userCost]).toEqual([1.5, 0.5]);
});

test("a side's cost is unknown when that of any of its messages is; answers of tools have none", () => {
  const history = [agentSays(null, [call("look")]), answer("off"), { ...agentSays("It is off"), cost: null }];
  const { agentCost, userCost } = toTrajectory(finishAfter([bye], history));
  expect([agentCost, userCost]).toEqual([null, 0]);
});

test("a conversation that goes on cannot be finished", () => {
  expect(() => toTrajectory(finishAfter([userSays("Hello")]))).toThrow("the conversation is not over: it is the agent's turn");
});

test("a message that both stops and calls leaves calls without answers", () => {
  expect(() => toTrajectory(finishAfter([userSays("Hello"), agentSays("Over", [call("look")])]))).toThrow(
    /Environment should not receive the last message/,
  );
});
