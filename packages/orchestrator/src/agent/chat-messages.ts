import { hasText } from "@tau2/domains/internal";
import { Tau2Error, type AssistantMessage, type Message } from "@tau2/domains";
import type { ChatMessage, ChatReply } from "@tau2/user-sim";
import { findRemembered } from "@tau2/user-sim/internal";

/**
 * Creates the messages of a request to an agent's model: the system prompt, then what the agent has seen.
 * @throws Tau2Error `invalid` for a blank system prompt, `protocol` for a message without text and tool calls (docs/spec/core.md#10)
 */
export function toChatMessages(system: string, messages: readonly Message[]): ChatMessage[] {
  if (system.trim() === "") throw new Tau2Error("invalid", "System message must have content: the agent's prompt is blank");
  return [{ role: "system", content: system }, ...messages.map(toChatMessage)];
}

function toChatMessage(message: Message): ChatMessage {
  switch (message.role) {
    case "tool":
      return { role: "tool", content: message.content ?? "", tool_call_id: message.id };
    case "assistant": {
      const calls = message.tool_calls?.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) ?? [];
      if (calls.length === 0 && !hasText(message)) throw emptyMessageError(message);
      return {
        role: "assistant",
        content: message.content,
        tool_calls: calls.length > 0 ? calls : null,
        ...findRemembered(message.raw_data),
      };
    }
    case "user":
    case "system":
      if (!hasText(message)) throw emptyMessageError(message);
      return { role: message.role, content: message.content };
  }
}

function emptyMessageError({ role }: Message): Tau2Error {
  return new Tau2Error("protocol", `Message must have content or tool calls. got an empty ${role} message`);
}

/** Converts a model's reply into the agent's message. */
export function toAssistantMessage(reply: ChatReply): AssistantMessage {
  return {
    role: "assistant",
    content: reply.content,
    tool_calls: reply.toolCalls?.map((call) => ({ ...call, requestor: "assistant" })) ?? null,
    cost: reply.cost,
    usage: reply.usage,
    raw_data: reply.raw,
    generation_time_seconds: reply.generationSeconds,
  };
}
