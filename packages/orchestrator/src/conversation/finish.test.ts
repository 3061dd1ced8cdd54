import { expect, test } from "vitest";
import type { AssistantMessage, Message, UserMessage } from "@tau2/domains";
import { agentSays, answer, call, deskSetup, deskTask, userSays } from "../../test/desk.ts";
import { startConversation } from "./begin.ts";
import type { Conversation } from "./conversation.ts";
import { toTrajectory } from "./finish.ts";
import { applyMessage } from "./step.ts";

const now = { timestamp: "2025-01-31T10:30:00", elapsed: 0 };

function after(messages: readonly (AssistantMessage | UserMessage)[], history: Message[] = []): Conversation {
  const task = deskTask({ initial_state: { message_history: history } });
  const isAgentStop = ({ content }: AssistantMessage) => content === "Over";
  const rules = { environment: deskSetup(), task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop };
  return messages.reduce((conversation, message) => applyMessage(conversation, message, now), startConversation(rules, now));
}

const bye = userSays("###STOP###");

test("messages are numbered from 0, a history among them", () => {
  const { messages, terminationReason } = toTrajectory(after([bye], [userSays("Hello"), agentSays("Hello")]));
  expect(messages.map(({ turn_idx }) => turn_idx)).toEqual([0, 1, 2]);
  expect(terminationReason).toBe("user_stop");
});

test("costs are summed for each side", () => {
  const { agentCost, userCost } = toTrajectory(
    after([
      { ...userSays("Hello"), cost: 0.25 },
      { ...agentSays("Hello"), cost: 1.5 },
      { ...bye, cost: 0.25 },
    ]),
  );
  expect([agentCost, userCost]).toEqual([1.5, 0.5]);
});

test("a side's cost is unknown when that of any of its messages is; answers of tools have none", () => {
  const history = [agentSays(null, [call("look")]), answer("off"), { ...agentSays("It is off"), cost: null }];
  const { agentCost, userCost } = toTrajectory(after([bye], history));
  expect([agentCost, userCost]).toEqual([null, 0]);
});

test("a conversation that goes on cannot be finished", () => {
  expect(() => toTrajectory(after([userSays("Hello")]))).toThrow("the conversation is not over: it is the agent's turn");
});

test("a message that both stops and calls leaves calls without answers", () => {
  expect(() => toTrajectory(after([userSays("Hello"), agentSays("Over", [call("look")])]))).toThrow(
    /Environment should not receive the last message/,
  );
});
