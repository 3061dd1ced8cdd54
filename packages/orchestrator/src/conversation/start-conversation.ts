import { createInitialState, hasToolCalls, Tau2Error, type AssistantMessage, type Message } from "@tau2/domains";
import { hasText, isParticipantMessage } from "@tau2/domains/internal";
import { isUserStop } from "@tau2/user-sim/internal";
import {
  findProtocolViolation,
  formatTimestamp,
  requireContent,
  type ClockReading,
  type Conversation,
  type ConversationRules,
} from "./conversation.ts";

/** First message of the agent, unless the task has a history. */
const GREETING = "Hi! How can I help you today?";

/**
 * Starts a conversation: with a greeting, with the task's history, or in solo mode without any message (docs/spec/core.md#6-1).
 * @throws Tau2Error if the initial state cannot be created or the history is not well formed
 * @example
 * ```ts
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { startClock, startConversation } from "@tau2/orchestrator";
 *
 * const task = loadData(mock).tasks()[0]!;
 * const environment = createEnvironmentConfig(mock, loadData(mock));
 * const rules = { environment, task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop: () => false };
 * const conversation = startConversation(rules, startClock()());
 * ```
 */
export function startConversation(rules: ConversationRules, now: ClockReading): Conversation {
  const { task, environment } = rules;
  const history = addTimestamps(task.initial_state?.message_history ?? [], now);
  const state = createInitialState(environment, { ...task.initial_state, message_history: [...history] });
  const start = { rules, state, steps: 0, errors: 0, opening: false };
  if (history.length > 0) return resumeHistory({ ...start, messages: history });
  if (environment.solo) return { ...start, messages: [], lastSpeaker: "user", nextSpeaker: "agent", opening: true, ended: null };
  const greeting: AssistantMessage = { role: "assistant", content: GREETING, tool_calls: null, cost: 0, timestamp: now.timestamp };
  return { ...start, messages: [greeting], lastSpeaker: "agent", nextSpeaker: "user", ended: null };
}

/** Histories come without times: messages are dated one second apart, the last one second before `now`. */
function addTimestamps(history: readonly Message[], now: ClockReading): readonly Message[] {
  const end = new Date(now.timestamp).getTime();
  return history.map((message, i) => ({
    ...message,
    turn_idx: null,
    timestamp: formatTimestamp(new Date(end - (history.length - i) * 1000)),
  }));
}

function resumeHistory(start: Omit<Conversation, "lastSpeaker" | "nextSpeaker" | "ended">): Conversation {
  const { messages, rules } = start;
  checkHistory(messages);
  const last = messages.at(-1)!;
  const conversation = { ...start, ...continueAfter(last, rules) };
  const violation = rules.enforceProtocol && isParticipantMessage(last) ? findProtocolViolation(last, rules) : null;
  return violation ? { ...conversation, ended: violation } : conversation;
}

function continueAfter(last: Message, rules: ConversationRules): Pick<Conversation, "lastSpeaker" | "nextSpeaker" | "ended"> {
  switch (last.role) {
    case "assistant":
      return {
        lastSpeaker: "agent",
        nextSpeaker: hasToolCalls(last) ? "environment" : "user",
        ended: rules.isAgentStop(last) ? "agent_stop" : null,
      };
    case "user":
      return {
        lastSpeaker: "user",
        nextSpeaker: hasToolCalls(last) ? "environment" : "agent",
        ended: isUserStop(last) ? "user_stop" : null,
      };
    case "tool":
      return { lastSpeaker: "environment", nextSpeaker: last.requestor === "user" ? "user" : "agent", ended: null };
    case "system":
      throw new Tau2Error("protocol", "the last message of a history cannot be a system message");
  }
}

/**
 * Checks that every tool call in a task's history is followed by its results.
 * @throws Tau2Error `protocol` for missing, unexpected or misattributed results, and for empty messages
 */
function checkHistory(messages: readonly Message[]): void {
  let pending = 0;
  let caller: "assistant" | "user" = "assistant";
  for (const message of messages) {
    if (isParticipantMessage(message)) {
      requireContent(message);
      if (pending > 0) throw new Tau2Error("protocol", `${pending} tool messages are missing. Got ${message.role} message.`);
      if (hasToolCalls(message)) [pending, caller] = [message.tool_calls.length, message.role];
    } else if (message.role === "tool") {
      if (pending === 0) throw new Tau2Error("protocol", "No tool messages expected.");
      if (message.requestor !== caller) throw new Tau2Error("protocol", `Got tool message from ${message.requestor}, expected ${caller}.`);
      pending--;
    } else if (!hasText(message)) {
      throw new Tau2Error("protocol", "System message must have content.");
    }
  }
}
