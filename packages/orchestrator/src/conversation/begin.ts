import { hasText, initialize, isParticipant, isToolCall, Tau2Error, type AssistantMessage, type Message } from "@tau2/domains";
import { isUserStop } from "@tau2/user-sim";
import { timestampText } from "./clock.ts";
import { type Conversation, type ConversationRules, GREETING, type Moment, type Party, type TerminationReason } from "./conversation.ts";
import { protocolFault, requireSubstance } from "./protocol.ts";

/**
 * The conversation before its first step (spec core 6.1): after a greeting, after the task's history, or, alone, with nothing said at all.
 * @throws Tau2Error when the initial state cannot be made or the history does not hold together.
 */
export function begin(rules: ConversationRules, now: Moment): Conversation {
  const { task, environment: setup } = rules;
  const history = datedHistory(task.initial_state?.message_history ?? [], now);
  const environment = initialize(setup, { ...task.initial_state, message_history: [...history] });
  const fresh = { rules, environment, steps: 0, errors: 0, opening: false };
  if (history.length > 0) return resumeHistory({ ...fresh, messages: history });
  if (setup.solo) return { ...fresh, messages: [], from: "user", to: "agent", opening: true, ended: null };
  const greeting: AssistantMessage = { role: "assistant", content: GREETING, tool_calls: null, cost: 0, timestamp: now.timestamp };
  return { ...fresh, messages: [greeting], from: "agent", to: "user", ended: null };
}

/** Histories come without times: each message is put a second before the next, the last one a second ago. */
function datedHistory(history: readonly Message[], now: Moment): readonly Message[] {
  const at = new Date(now.timestamp).getTime();
  return history.map((message, i) => ({
    ...message,
    turn_idx: null,
    timestamp: timestampText(new Date(at - (history.length - i) * 1000)),
  }));
}

function resumeHistory(start: Omit<Conversation, "from" | "to" | "ended">): Conversation {
  const { messages, rules } = start;
  checkHistory(messages);
  const last = messages.at(-1)!;
  const { from, to, ended } = position(last, rules);
  const conversation = { ...start, from, to, ended };
  const fault = rules.enforceProtocol && isParticipant(last) ? protocolFault(last, rules) : null;
  return fault ? { ...conversation, ended: fault } : conversation;
}

function position(last: Message, rules: ConversationRules): { from: Party; to: Party; ended: TerminationReason | null } {
  switch (last.role) {
    case "assistant":
      return { from: "agent", to: isToolCall(last) ? "environment" : "user", ended: rules.isAgentStop(last) ? "agent_stop" : null };
    case "user":
      return { from: "user", to: isToolCall(last) ? "environment" : "agent", ended: isUserStop(last) ? "user_stop" : null };
    case "tool":
      return { from: "environment", to: last.requestor === "user" ? "user" : "agent", ended: null };
    case "system":
      throw new Tau2Error("protocol", "the last message of a history cannot be a system message");
  }
}

/** Tool answers must follow the calls of the one who made them. */
function checkHistory(messages: readonly Message[]): void {
  let open = 0;
  let caller: "assistant" | "user" = "assistant";
  for (const message of messages) {
    if (isParticipant(message)) {
      requireSubstance(message);
      if (open > 0) throw new Tau2Error("protocol", `${open} tool messages are missing. Got ${message.role} message.`);
      if (isToolCall(message)) [open, caller] = [message.tool_calls.length, message.role];
    } else if (message.role === "tool") {
      if (open === 0) throw new Tau2Error("protocol", "No tool messages expected.");
      if (message.requestor !== caller) throw new Tau2Error("protocol", `Got tool message from ${message.requestor}, expected ${caller}.`);
      open--;
    } else if (!hasText(message)) {
      throw new Tau2Error("protocol", "System message must have content.");
    }
  }
}
