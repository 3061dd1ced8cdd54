import { isParticipantMessage } from "@tau2/domains/internal";
import type { EnvironmentConfig, Message } from "@tau2/domains";
import { sideOf, type Side } from "./sides.ts";

/** Compared parts of a message. */
export type MessageForm = Record<string, unknown>;

/** Stands where a text, or a whole answer, is not compared. */
const MASK = "(not compared)";

/** A message, ours or a record's, as far as it is compared: no times, costs or raw data. */
export function messageForm(message: Message): MessageForm {
  const { role, content } = message;
  const turn_idx = message.turn_idx ?? null;
  if (message.role === "tool") {
    const { id, requestor, error } = message;
    return { role, content, turn_idx, id, requestor, error };
  }
  if (!isParticipantMessage(message)) return { role, content, turn_idx };
  const calls = message.tool_calls?.map(({ id, name, arguments: args, requestor }) => ({ id, name, arguments: args, requestor }));
  return { role, content, turn_idx, tool_calls: calls ?? null };
}

/** The texts of refusals taken out: for records in which they are Python's own. */
export function maskErrorTexts(messages: readonly MessageForm[]): MessageForm[] {
  return messages.map((message) =>
    message["role"] === "tool" && message["error"] === true ? Object.assign({}, message, { content: MASK }) : message,
  );
}

/** The answers of these sides' tools taken out. */
export function maskAnswersOf(sides: ReadonlySet<Side>, setup: EnvironmentConfig, messages: readonly MessageForm[]): MessageForm[] {
  let open: boolean[] = [];
  return messages.map((message) => {
    if (message["role"] !== "tool") {
      const calls = (message["tool_calls"] ?? []) as { name: string; requestor: "assistant" | "user" }[];
      open = calls.map((call) => sides.has(sideOf(setup, call) as Side));
      return message;
    }
    return open.shift() ? Object.assign({}, message, { content: MASK, error: MASK }) : message;
  });
}

/** Returns true if ours refused a call that the record shows as answered. */
export function refusedMore(recorded: readonly MessageForm[], ours: readonly MessageForm[]): boolean {
  return recorded.some((message, i) => message["error"] === false && ours[i]?.["error"] === true);
}
