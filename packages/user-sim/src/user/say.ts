import type { UserMessage } from "@tau2/domains";
import { OUT_OF_SCOPE, STOP, TRANSFER } from "./stop-tokens.ts";

/** A message of a user that costs nothing. */
export function say(content: string): UserMessage {
  return { role: "user", content, tool_calls: null, cost: 0 };
}

/** Text that is passed on without ending the conversation: tokens that happen to stand in it are taken out. */
export function withoutTokens(text: string): string {
  return [STOP, TRANSFER, OUT_OF_SCOPE].reduce((rest, token) => rest.replaceAll(token, ""), text).trim();
}
