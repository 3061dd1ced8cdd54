import { type Requestor, Tau2Error, type JsonObject, type ParticipantMessage, type ToolCall } from "@tau2/domains";
import { isRecord, compareCodePoints, pyRepr, hasText, getErrorMessage } from "@tau2/domains/internal";
import { type WrittenCall, readFunctionalCall } from "./expression.ts";
import { readJsonLiteral, type Literal, formatLiteralCall, toJsonObject, quote } from "./literal.ts";

/** A call as JSON text: `{"name": …, "arguments": {…}, "id": …, "requestor": …}`, the last two as the caller likes. */
export interface JsonCall extends WrittenCall {
  id: string;
  /** Null when it is not said. */
  requestor: Requestor | null;
}

/** Reads a call in its JSON form. Null when the text is anything else; further keys are ignored (docs/spec/core.md#11-3). */
export function readJsonCall(text: string): JsonCall | null {
  if (!text.startsWith("{") || !isJsonCall(text)) return null;
  const call = readJsonLiteral(text);
  if (call?.kind !== "dict") return null;
  const fields = new Map(call.entries.map(([key, value]) => [getText(key), value]));
  const [name, args, id, requestor] = ["name", "arguments", "id", "requestor"].map((key) => fields.get(key));
  if (args?.kind !== "dict") return null;
  return {
    name: getText(name),
    keywords: args.entries.map(([key, value]) => [getText(key), value]),
    id: getText(id),
    requestor: requestor ? (getText(requestor) as Requestor) : null,
  };
}

function isJsonCall(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isRecord(value) || typeof value["name"] !== "string" || !isRecord(value["arguments"])) return false;
  const { id = "", requestor = "user" } = value;
  return typeof id === "string" && (requestor === "user" || requestor === "assistant");
}

function getText(literal: Literal | undefined): string {
  return literal?.kind === "text" ? literal.value : "";
}

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
  const args = toJsonObject(keywords);
  if (!args) return null;
  const requestor = json ? (json.requestor ?? "assistant") : null;
  return { id: json?.id ?? "", name: call.name, arguments: args, requestor, functional: formatLiteralCall(call.name, keywords) };
}

/**
 * A call as the reference shows it (docs/spec/core.md#11-2): `f(a=1, b='text')`, keys by code point. Numbers print by their value, so that a float
 * without a fraction looks like an integer; {@link formatCalls} does better where the call was read from text.
 */
export function formatCall({ name, arguments: args }: Pick<ToolCall, "name" | "arguments">): string {
  const sorted = Object.entries(args).toSorted(([a], [b]) => compareCodePoints(a, b));
  return `${name}(${sorted.map(([key, value]) => `${key}=${typeof value === "string" ? quote(value) : pyRepr(value)}`).join(", ")})`;
}

/** The calls of a message as the reference shows them. One that an action's text made prints its numbers as they were written there. */
export function formatCalls({ tool_calls, raw_data }: Pick<ParticipantMessage, "tool_calls" | "raw_data">): string[] {
  const action = (raw_data as { action?: unknown } | null | undefined)?.action;
  const written = typeof action === "string" ? readCallAction(action) : null;
  return written ? [written.functional] : (tool_calls ?? []).map(formatCall);
}

/** An action as values: words, calls (several at once if you like), or both. Ids of calls are made up where they are missing. */
export interface ActionMessage {
  content?: string | null;
  tool_calls?: readonly { id?: string; name: string; arguments: JsonObject }[] | null;
}

/** What a learner does: text in the reference's grammar (see `parseAction`), or values. */
export type Action = string | ActionMessage;

/**
 * An action as a message of the learner. Null when it neither says nor calls anything.
 * @param turn tells the made-up ids of one turn from those of another
 * @throws Tau2Error `invalid` for a value that is no action, saying what would be one
 */
export function toActionMessage(action: Action, requestor: Requestor, turn: number): ParticipantMessage | null {
  if (typeof action === "string") return action.trim() === "" ? null : parseAction(action, requestor);
  if (!isRecord(action)) throw createInvalidAction(`it is ${action === null ? "null" : typeof action}`);
  const keys = Object.keys(action);
  if (keys.length > 0 && !keys.some((key) => key === "content" || key === "tool_calls")) {
    throw createInvalidAction(`it has ${keys.join(", ")}, and neither content nor tool_calls`);
  }
  const { content = null, tool_calls } = action as ActionMessage;
  if (content !== null && typeof content !== "string") throw createInvalidAction(`content is of type ${typeof content}`);
  if (tool_calls !== undefined && tool_calls !== null && !Array.isArray(tool_calls)) throw createInvalidAction("tool_calls is not a list");
  const calls = (tool_calls ?? []).map((call, i) => {
    const { id, name, arguments: args, function: called } = isRecord(call) ? call : throwInvalidCall(i, "is not an object");
    if (isRecord(called)) throwInvalidCall(i, "is in the form of chat completions: give its function's name, and its arguments parsed");
    if (typeof name !== "string") throwInvalidCall(i, "has no name");
    if (!isRecord(args)) throwInvalidCall(i, `(${name}) has no arguments object; parse them first if they are JSON text`);
    if (id !== undefined && typeof id !== "string") throwInvalidCall(i, `(${name}) has an id that is not text`);
    return { id: id ?? `call_${turn}_${i + 1}`, name, arguments: copyArguments(args, i), requestor };
  });
  const message: ParticipantMessage = { role: requestor, content, tool_calls: calls.length > 0 ? calls : null, cost: null };
  return message.tool_calls || hasText(message) ? message : null;
}

/** A copy, since what was said must not change when the caller's object does. */
function copyArguments(args: Record<string, unknown>, i: number): JsonObject {
  try {
    return JSON.parse(JSON.stringify(args)) as JsonObject;
  } catch (error) {
    return throwInvalidCall(i, `has arguments that JSON cannot hold: ${getErrorMessage(error)}`);
  }
}

function throwInvalidCall(i: number, what: string): never {
  throw createInvalidAction(`tool_calls[${i}] ${what}`);
}

function createInvalidAction(what: string): Tau2Error {
  return new Tau2Error(
    "invalid",
    `not an action: ${what}. An action is text, or { content } for words, or { tool_calls: [{ name, arguments }] } for calls`,
  );
}
