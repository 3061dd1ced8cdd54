import { hasText, Tau2Error, type AssistantMessage, type Message } from "@tau2/domains";
import type { ChatMessage, ChatReply } from "@tau2/user-sim";

/**
 * What an agent's model is asked: the system prompt, then what the agent has seen.
 * @throws Tau2Error `invalid` for a blank system prompt, `protocol` for a message that neither says nor calls anything (spec core 10).
 */
export function chatMessages(system: string, messages: readonly Message[]): ChatMessage[] {
  if (system.trim() === "") throw new Tau2Error("invalid", "System message must have content: the agent's prompt is blank");
  return [{ role: "system", content: system }, ...messages.map(chatMessage)];
}

function chatMessage(message: Message): ChatMessage {
  switch (message.role) {
    case "tool":
      return { role: "tool", content: message.content ?? "", tool_call_id: message.id };
    case "assistant": {
      const calls = message.tool_calls?.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) ?? [];
      if (calls.length === 0 && !hasText(message)) throw withoutContent(message);
      return { role: "assistant", content: message.content, tool_calls: calls.length > 0 ? calls : null };
    }
    case "user":
    case "system":
      if (!hasText(message)) throw withoutContent(message);
      return { role: message.role, content: message.content };
  }
}

function withoutContent({ role }: Message): Tau2Error {
  return new Tau2Error("protocol", `Message must have content or tool calls. got an empty ${role} message`);
}

/** A model's answer as the agent's message. */
export function assistantMessage(reply: ChatReply): AssistantMessage {
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
