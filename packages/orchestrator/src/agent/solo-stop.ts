import type { AssistantMessage } from "@tau2/domains";
import { STOP } from "@tau2/user-sim";

/**
 * Puts the stop text in place of a message that calls `done`, whatever else it says or calls (docs/spec/core.md#4-3).
 * Other messages come back as they are.
 */
export function stopOnDone(message: AssistantMessage): AssistantMessage {
  const done = message.tool_calls?.some(({ name }) => name === "done") ?? false;
  return done ? { ...message, content: STOP, tool_calls: null } : message;
}

/** Whether a message of an agent that works alone ends the conversation: its text holds `###STOP###`. */
export function isSoloStop({ content }: AssistantMessage): boolean {
  return content?.includes(STOP) ?? false;
}
