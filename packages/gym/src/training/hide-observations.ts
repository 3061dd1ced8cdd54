import type { ContextMessage } from "./messages.ts";

/** Which observations stay. Indices count all messages, the system's among them. */
export interface HideOptions {
  /** Stands in place of what is hidden. */
  hidden_obs_content: string;
  /** So many messages at the beginning stay as they are. */
  first_obs_to_show: number;
  /** So many at the end do too. */
  last_obs_to_show: number;
}

/** Messages of user and tools, but for those at both ends, with a placeholder in their place (docs/spec/act-prm.md#8). */
export function hideObservations(messages: readonly ContextMessage[], options: HideOptions): ContextMessage[] {
  const { hidden_obs_content: content, first_obs_to_show: first, last_obs_to_show: last } = options;
  return messages.map((message, i) => {
    const { role } = message;
    if ((role !== "user" && role !== "tool") || i < first || i >= messages.length - last) return message;
    // Endpoints refuse an answer that does not say which call it answers.
    const id = "tool_call_id" in message ? { tool_call_id: message.tool_call_id } : {};
    return { role, content, ...id };
  });
}
