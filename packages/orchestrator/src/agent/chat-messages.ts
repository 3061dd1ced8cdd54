import { hasText, Tau2Error, type AssistantMessage, type Message } from "@tau2/domains";
import type { ChatMessage, ChatReply } from "@tau2/user-sim";
import { z } from "zod";

/**
 * What an agent's model is asked: the system prompt, then what the agent has seen.
 * @throws Tau2Error `invalid` for a blank system prompt, `protocol` for a message that neither says nor calls anything (docs/spec/core.md#10).
 */
export function toChatMessages(system: string, messages: readonly Message[]): ChatMessage[] {
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
      return {
        role: "assistant",
        content: message.content,
        tool_calls: calls.length > 0 ? calls : null,
        reasoning: reasoningIn(message.raw_data),
      };
    }
    case "user":
    case "system":
      if (!hasText(message)) throw withoutContent(message);
      return { role: message.role, content: message.content };
  }
}

/** Messages have no place for a model's reasoning; it is read off the endpoint's answer. Whether it is sent again is the model's choice. */
function reasoningIn(raw: unknown): string | null {
  const answer = completion.safeParse(raw);
  if (!answer.success) return null;
  const [{ message }] = answer.data.choices;
  return message.reasoning_content || message.reasoning || null;
}

const text = z.string().nullish();
const completion = z.object({
  choices: z.tuple([z.object({ message: z.object({ reasoning_content: text, reasoning: text }) })], z.unknown()),
});

function withoutContent({ role }: Message): Tau2Error {
  return new Tau2Error("protocol", `Message must have content or tool calls. got an empty ${role} message`);
}

/** A model's answer as the agent's message. */
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
