import { hasText, hasToolCalls, Tau2Error, type ParticipantMessage } from "@tau2/domains";
import type { ConversationRules } from "./conversation.ts";

/** @throws Tau2Error `protocol` when a message neither says anything nor calls anything. */
export function requireSubstance(message: ParticipantMessage): void {
  if (hasText(message) || hasToolCalls(message)) return;
  const name = message.role === "assistant" ? "AssistantMessage" : "UserMessage";
  throw new Tau2Error("protocol", `${name} must have either content or tool_calls. Got an empty message.`);
}

/** What the optional communication check says of a message: whose error it is, or null (spec core 6.4). */
export function findProtocolViolation(message: ParticipantMessage, rules: ConversationRules): "agent_error" | "user_error" | null {
  const fault = message.role === "assistant" ? "agent_error" : "user_error";
  if (hasToolCalls(message) === hasText(message)) return fault;
  const mustNotTalk = rules.environment.solo && message.role === "assistant" && hasText(message);
  return mustNotTalk && !rules.isAgentStop(message) ? fault : null;
}
