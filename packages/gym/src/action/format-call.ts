import { compareCodePoints, pyRepr, type ParticipantMessage, type ToolCall } from "@tau2/domains";
import { readCallAction } from "./action.ts";
import { quoted } from "./literal.ts";

/**
 * A call as the reference shows it (spec core 11.2): `f(a=1, b='text')`, keys by code point. Numbers print by their value, so that a float
 * without a fraction looks like an integer; {@link formatCalls} does better where the call was read from text.
 */
export function formatCall({ name, arguments: args }: Pick<ToolCall, "name" | "arguments">): string {
  const sorted = Object.entries(args).toSorted(([a], [b]) => compareCodePoints(a, b));
  return `${name}(${sorted.map(([key, value]) => `${key}=${typeof value === "string" ? quoted(value) : pyRepr(value)}`).join(", ")})`;
}

/** The calls of a message as the reference shows them. One that an action's text made prints its numbers as they were written there. */
export function formatCalls({ tool_calls, raw_data }: Pick<ParticipantMessage, "tool_calls" | "raw_data">): string[] {
  const action = (raw_data as { action?: unknown } | null | undefined)?.action;
  const written = typeof action === "string" ? readCallAction(action) : null;
  return written ? [written.functional] : (tool_calls ?? []).map(formatCall);
}
