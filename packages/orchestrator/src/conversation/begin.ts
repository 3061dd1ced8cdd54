import {
  hasText,
  createInitialState,
  isParticipantMessage,
  hasToolCalls,
  Tau2Error,
  type AssistantMessage,
  type Message,
} from "@tau2/domains";
import { isUserStop } from "@tau2/user-sim";
import { formatTimestamp, type Conversation, type ConversationRules, GREETING, type ClockReading, type Speaker } from "./conversation.ts";
import { findProtocolViolation, requireSubstance } from "./step.ts";

/**
 * The conversation before its first step (docs/spec/core.md#6-1): after a greeting, after the task's history, or, alone, with nothing said at all.
 * @throws Tau2Error when the initial state cannot be made or the history does not hold together.
 */
export function startConversation(rules: ConversationRules, now: ClockReading): Conversation {
  const { task, environment: config } = rules;
  const history = datedHistory(task.initial_state?.message_history ?? [], now);
  const state = createInitialState(config, { ...task.initial_state, message_history: [...history] });
  const fresh = { rules, state, steps: 0, errors: 0, opening: false };
  if (history.length > 0) return resumeHistory({ ...fresh, messages: history });
  if (config.solo) return { ...fresh, messages: [], lastSpeaker: "user", nextSpeaker: "agent", opening: true, ended: null };
  const greeting: AssistantMessage = { role: "assistant", content: GREETING, tool_calls: null, cost: 0, timestamp: now.timestamp };
  return { ...fresh, messages: [greeting], lastSpeaker: "agent", nextSpeaker: "user", ended: null };
}

/** Histories come without times: each message is put a second before the next, the last one a second ago. */
function datedHistory(history: readonly Message[], now: ClockReading): readonly Message[] {
  const at = new Date(now.timestamp).getTime();
  return history.map((message, i) => ({
    ...message,
    turn_idx: null,
    timestamp: formatTimestamp(new Date(at - (history.length - i) * 1000)),
  }));
}

function resumeHistory(start: Omit<Conversation, "lastSpeaker" | "nextSpeaker" | "ended">): Conversation {
  const { messages, rules } = start;
  checkHistory(messages);
  const last = messages.at(-1)!;
  const conversation = { ...start, ...position(last, rules) };
  const fault = rules.enforceProtocol && isParticipantMessage(last) ? findProtocolViolation(last, rules) : null;
  return fault ? { ...conversation, ended: fault } : conversation;
}

function position(last: Message, rules: ConversationRules): Pick<Conversation, "lastSpeaker" | "nextSpeaker" | "ended"> {
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

/** Tool answers must follow the calls of the one who made them. */
function checkHistory(messages: readonly Message[]): void {
  let open = 0;
  let caller: "assistant" | "user" = "assistant";
  for (const message of messages) {
    if (isParticipantMessage(message)) {
      requireSubstance(message);
      if (open > 0) throw new Tau2Error("protocol", `${open} tool messages are missing. Got ${message.role} message.`);
      if (hasToolCalls(message)) [open, caller] = [message.tool_calls.length, message.role];
    } else if (message.role === "tool") {
      if (open === 0) throw new Tau2Error("protocol", "No tool messages expected.");
      if (message.requestor !== caller) throw new Tau2Error("protocol", `Got tool message from ${message.requestor}, expected ${caller}.`);
      open--;
    } else if (!hasText(message)) {
      throw new Tau2Error("protocol", "System message must have content.");
    }
  }
}
