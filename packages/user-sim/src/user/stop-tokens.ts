import { hasToolCalls, type UserMessage } from "@tau2/domains";

/** Token that ends the conversation because the user's goal is met. */
export const STOP = "###STOP###";
/** Token that ends the conversation because the user was transferred to another agent. */
export const TRANSFER = "###TRANSFER###";
/** Token that ends the conversation because the scenario does not cover what the user would have to say. */
export const OUT_OF_SCOPE = "###OUT-OF-SCOPE###";

/** Returns whether a user's message ends the conversation (docs/spec/core.md#5). A message with tool calls never does. */
export function isUserStop(message: UserMessage): boolean {
  const { content } = message;
  return !hasToolCalls(message) && content !== null && [STOP, TRANSFER, OUT_OF_SCOPE].some((token) => content.includes(token));
}

/** Removes stop tokens from text that is passed on in a user's message and must not end the conversation. */
export function removeStopTokens(text: string): string {
  return [STOP, TRANSFER, OUT_OF_SCOPE].reduce((rest, token) => rest.replaceAll(token, ""), text).trim();
}

/** Creates a text message of a user without a model. It costs nothing. */
export function createUserMessage(content: string): UserMessage {
  return { role: "user", content, tool_calls: null, cost: 0 };
}
