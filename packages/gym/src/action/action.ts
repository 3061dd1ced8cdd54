import { Tau2Error, type JsonObject, type ParticipantMessage, type Requestor, type ToolCall } from "@tau2/domains";
import { compareCodePoints, pyRepr } from "@tau2/domains/internal";
import { readFunctionalCall } from "./functional-call.ts";
import { readJsonCall } from "./json-call.ts";
import { callText, literalObject, quoted } from "./literal.ts";

/** What an action's text says: a call, with its text as the reference prints it, or null for words. */
export interface CallAction {
  id: string;
  name: string;
  arguments: JsonObject;
  /** Null when the text does not say who calls. */
  requestor: Requestor | null;
  functional: string;
}

/**
 * Reads an action (docs/spec/core.md#11-3): a call in JSON, `{"name": "f", "arguments": {"a": 1}}`; a call as a function, `f(a=1)`; or words.
 * What JSON cannot hold as an argument (bytes, `...`, infinities) makes it words, and so do more than a million characters.
 *
 * A call that does not say who makes it is made by `requestor`, but in its JSON form by the assistant, as in the reference.
 * @throws Tau2Error `invalid` when there is nothing but blanks.
 */
export function parseAction(text: string, requestor: "assistant"): ParticipantMessage & { role: "assistant" };
export function parseAction(text: string, requestor: "user"): ParticipantMessage & { role: "user" };
export function parseAction(text: string, requestor: Requestor): ParticipantMessage;
export function parseAction(text: string, requestor: Requestor): ParticipantMessage {
  if (text.trim() === "") throw new Tau2Error("invalid", "Action cannot be empty");
  const call = readCallAction(text);
  const told = { role: requestor, cost: null, raw_data: { action: text } };
  if (!call) return { ...told, content: text, tool_calls: null };
  const { id, name, arguments: args } = call;
  return { ...told, content: null, tool_calls: [{ id, name, arguments: args, requestor: call.requestor ?? requestor }] };
}

// No call is longer, and reading one must not hold up the process.
const LONGEST = 1_000_000;

/** The call that an action's text makes, or null when it is words. */
export function readCallAction(text: string): CallAction | null {
  if (text.length > LONGEST) return null;
  const trimmed = text.trim();
  const json = readJsonCall(trimmed);
  const call = json ?? readFunctionalCall(trimmed);
  if (!call) return null;
  // Python keeps `**value` under no name at all, and prints that as None.
  const keywords = call.keywords.map(([key, value]) => [key ?? "None", value] as const);
  const args = literalObject(keywords);
  if (!args) return null;
  const requestor = json ? (json.requestor ?? "assistant") : null;
  return { id: json?.id ?? "", name: call.name, arguments: args, requestor, functional: callText(call.name, keywords) };
}

/**
 * A call as the reference shows it (docs/spec/core.md#11-2): `f(a=1, b='text')`, keys by code point. Numbers print by their value, so that a float
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
