import { describe, expect, test } from "vitest";
import { agentSays, answer, call, deskSetup, deskTask, userSays } from "../../test/desk.ts";
import { startConversation } from "./begin.ts";
import type { ConversationRules } from "./conversation.ts";

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
