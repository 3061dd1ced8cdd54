import { hasToolCalls, type UserMessage } from "@tau2/domains";

/** The goal is met: the conversation ends. */
export const STOP = "###STOP###";
/** The user was handed to somebody else: the conversation ends. */
export const TRANSFER = "###TRANSFER###";
/** The scenario does not say enough to go on: the conversation ends. */
export const OUT_OF_SCOPE = "###OUT-OF-SCOPE###";

/** Whether a user's message ends the conversation (docs/spec/core.md#5). A message that calls tools never does. */
export function isUserStop(message: UserMessage): boolean {
  const { content } = message;
  return !hasToolCalls(message) && content !== null && [STOP, TRANSFER, OUT_OF_SCOPE].some((token) => content.includes(token));
}
