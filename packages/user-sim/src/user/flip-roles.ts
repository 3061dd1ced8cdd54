import { hasText, hasToolCalls, Tau2Error, type Message } from "@tau2/domains";
import type { ChatMessage } from "../model/chat-model.ts";

/**
 * The conversation as the model behind a user sees it: it is the assistant there, and the agent is its user (docs/spec/core.md#5).
 * @throws Tau2Error `protocol` for a tool call of the agent, which no user ever sees.
 */
export function flipRoles(messages: readonly Message[]): ChatMessage[] {
  return messages.flatMap((message): ChatMessage[] => {
    switch (message.role) {
      case "user": {
        const calls = message.tool_calls?.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })) ?? null;
        return [{ role: "assistant", content: message.content, tool_calls: calls }];
      }
      case "assistant":
        if (hasToolCalls(message)) {
          const names = message.tool_calls.map((call) => call.name).join(", ");
          throw new Tau2Error(
            "protocol",
            `Tool calls are not supported in the flipped messages: the agent's call of ${names} must not reach the user`,
          );
        }
        return hasText(message) ? [{ role: "user", content: message.content }] : [];
      case "tool":
        return [{ role: "tool", content: message.content ?? "", tool_call_id: message.id }];
      case "system":
        return [];
    }
  });
}
