import { hasText, isParticipantMessage, type ParticipantMessage } from "@tau2/domains/internal";
import { hasToolCalls, Tau2Error, type AssistantMessage, type EnvironmentConfig, type Message } from "@tau2/domains";

/** The part of a conversation's rules on which the protocol depends. */
interface ProtocolRules {
  readonly environment: Pick<EnvironmentConfig, "solo">;
  isAgentStop(message: AssistantMessage): boolean;
}

/** Checks that a message has text or tool calls. @throws Tau2Error `protocol` for an empty message */
export function requireContent(message: ParticipantMessage): void {
  if (hasText(message) || hasToolCalls(message)) return;
  const name = message.role === "assistant" ? "AssistantMessage" : "UserMessage";
  throw new Tau2Error("protocol", `${name} must have either content or tool_calls. Got an empty message.`);
}

/** Returns the error that ends the conversation if a message breaks the optional protocol, or null (docs/spec/core.md#6-4). */
export function findProtocolViolation(message: ParticipantMessage, rules: ProtocolRules): "agent_error" | "user_error" | null {
  const violation = message.role === "assistant" ? "agent_error" : "user_error";
  if (hasToolCalls(message) === hasText(message)) return violation;
  const mustNotTalk = rules.environment.solo && message.role === "assistant" && hasText(message);
  return mustNotTalk && !rules.isAgentStop(message) ? violation : null;
}

/**
 * Checks that every tool call in a task's history is followed by its results.
 * @throws Tau2Error `protocol` for missing, unexpected or misattributed results, and for empty messages
 */
export function checkHistory(messages: readonly Message[]): void {
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
