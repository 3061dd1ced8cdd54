import type { ChatMessage, ChatToolCall } from "@tau2/user-sim";
import type { ModelMessage, ModelToolCall } from "../training/messages.ts";
import { callArguments } from "./reply-actions.ts";

/**
 * Messages as endpoints take them. An answer to a call that stood in the model's text has no id that an endpoint would know, so it goes as
 * words of the user between `<tool_response>` and `</tool_response>`, and words of the user that follow each other become one message.
 */
export function wireMessages(messages: readonly ModelMessage[]): ChatMessage[] {
  const sent: ChatMessage[] = [];
  for (const message of messages) {
    const next = wireMessage(message);
    const last = sent.at(-1);
    if (next.role !== "user" || last?.role !== "user") sent.push(next);
    else sent[sent.length - 1] = { role: "user", content: `${last.content}\n${next.content}` };
  }
  return sent;
}

function wireMessage({ role, content, tool_calls, tool_call_id }: ModelMessage): ChatMessage {
  switch (role) {
    case "system":
      return { role, content: content ?? "" };
    case "assistant":
      return { role, content, tool_calls: tool_calls?.map(wireCall) ?? null };
    case "tool":
      if (tool_call_id !== undefined) return { role, content: content ?? "", tool_call_id };
      return { role: "user", content: `<tool_response>\n${content ?? ""}\n</tool_response>` };
    default:
      return { role: "user", content: content ?? "" };
  }
}

function wireCall(call: ModelToolCall): ChatToolCall {
  return { id: call.id, name: call.function.name, arguments: callArguments(call) ?? { arguments: call.function.arguments } };
}
