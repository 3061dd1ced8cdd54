import { hasText, hasToolCalls, type Message } from "@tau2/domains";

/**
 * What one side has seen of a trajectory (spec core 4, 5): its own messages, the answers to its own calls, and what the other side said to it.
 * The other side's calls, even with text beside them, and their answers stay hidden.
 */
export function getVisibleMessages(messages: readonly Message[], side: "agent" | "user"): Message[] {
  const own = side === "agent" ? "assistant" : "user";
  let answersAreOwn = false;
  return messages.filter((message) => {
    switch (message.role) {
      case "tool":
        return answersAreOwn;
      case "assistant":
      case "user":
        answersAreOwn = message.role === own;
        return message.role === own || (!hasToolCalls(message) && hasText(message));
      case "system":
        return false;
    }
  });
}
