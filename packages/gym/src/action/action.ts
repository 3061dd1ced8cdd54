import { isTau2Error, type Requestor, Tau2Error, type JsonObject, type ToolCall } from "@tau2/domains";
import {
  isRecord,
  compareCodePoints,
  parseCallArguments,
  pyRepr,
  hasText,
  getErrorMessage,
  type ParticipantMessage,
  copyNumberKinds,
} from "@tau2/domains/internal";
import { createTooLongError, hasTooManyTokens, LONGEST_CALL } from "./call-size.ts";
import { type WrittenCall, readFunctionalCall } from "./functional-call.ts";
import { readJsonLiteral, type Literal, formatLiteralCall, toJsonObject, quote } from "./literal.ts";

/** Call as JSON text: `{"name": …, "arguments": {…}, "id": …, "requestor": …}`; the last two are optional. */
export interface JsonCall extends WrittenCall {
  id: string;
  /** Null if the text does not name it. */
  requestor: Requestor | null;
}

/**
 * Parses a call in JSON, and ignores other keys (docs/spec/core.md#11-3). Returns null for any other text.
 * @throws Tau2Error `invalid` for a call that is too long
 */
function readJsonCall(text: string): JsonCall | null {
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  if (text.length > LONGEST_CALL || hasTooManyTokens(text)) throw createTooLongError();
  if (!isJsonCall(text)) return null;
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

/** Call in an action's text, with its text as tau2-bench prints it. */
export interface CallAction {
  id: string;
  name: string;
  arguments: JsonObject;
  /** Null if the text does not name it. */
  requestor: Requestor | null;
  functional: string;
}

/**
 * Parses an action (docs/spec/core.md#11-3): a call in JSON, `{"name": "f", "arguments": {"a": 1}}`; a call as a function, `f(a=1)`; or
 * text.
 * An action is text if an argument does not fit into JSON (bytes, `...`, infinities).
 *
 * A call without a requestor belongs to `requestor`, but in JSON to the assistant, as in tau2-bench.
 * @throws Tau2Error `invalid` for a blank action, and for a call of more than 200,000 characters or 5,000 tokens
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

/** Parses the call in an action's text. Returns null for words. @throws Tau2Error `invalid` for a call that is too long */
export function readCallAction(text: string): CallAction | null {
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
 * Formats a call as tau2-bench shows it (docs/spec/core.md#11-2): `f(a=1, b='text')`, keys by code point. A float without a fraction
 * prints like an integer; {@link formatCalls} keeps the form of a call that was parsed from text.
 */
export function formatCall({ name, arguments: args }: Pick<ToolCall, "name" | "arguments">): string {
  const sorted = Object.entries(args).toSorted(([a], [b]) => compareCodePoints(a, b));
  return `${name}(${sorted.map(([key, value]) => `${key}=${typeof value === "string" ? quote(value) : pyRepr(value)}`).join(", ")})`;
}

/**
 * Formats the calls of a message as tau2-bench shows them. A call that was parsed from an action's text keeps the form of its numbers.
 */
export function formatCalls({ tool_calls, raw_data }: Pick<ParticipantMessage, "tool_calls" | "raw_data">): string[] {
  const action = (raw_data as { action?: unknown } | null | undefined)?.action;
  const written = typeof action === "string" && (tool_calls?.length ?? 0) > 0 ? readStoredAction(action) : null;
  return written ? [written.functional] : (tool_calls ?? []).map(formatCall);
}

/** Parses the text of an action in a file of any program, which may hold a longer call than an episode accepts. */
function readStoredAction(text: string): CallAction | null {
  try {
    return readCallAction(text);
  } catch (error) {
    if (isTau2Error(error, "invalid")) return null;
    throw error;
  }
}

/**
 * Action as values: words, one or more calls, or both. Missing ids of calls are generated. Arguments may be the JSON text that a model
 * wrote; missing or null, they mean a call without arguments.
 */
export interface ActionMessage {
  content?: string | null;
  tool_calls?: readonly { id?: string | null; name: string; arguments?: JsonObject | string | null }[] | null;
}

/** Action of a learner: text in tau2-bench's grammar (see `parseAction`), or values. */
export type Action = string | ActionMessage;

/**
 * Converts an action to a message of the learner. Returns null for an action without words and calls.
 * @param turn makes generated ids unique within the episode
 * @throws Tau2Error `invalid` for a value that is not an action, naming the expected form
 */
export function toActionMessage(action: Action, requestor: Requestor, turn: number): ParticipantMessage | null {
  if (typeof action === "string") return action.trim() === "" ? null : parseAction(action, requestor);
  if (!isRecord(action)) throw createInvalidAction(`it is ${action === null ? "null" : typeof action}`);
  const keys = Object.keys(action);
  if (keys.length > 0 && !keys.some((key) => key === "content" || key === "tool_calls")) {
    throw createInvalidAction(`it holds ${keys.join(", ")}, but neither content nor tool_calls`);
  }
  const { content = null, tool_calls } = action as ActionMessage;
  if (content !== null && typeof content !== "string") throw createInvalidAction(`content is of type ${typeof content}`);
  if (tool_calls !== undefined && tool_calls !== null && !Array.isArray(tool_calls)) throw createInvalidAction("tool_calls is not a list");
  const calls = (tool_calls ?? []).map((call, i) => {
    const { id, name, arguments: args, function: called } = isRecord(call) ? call : throwInvalidCall(i, "is not an object");
    if (isRecord(called)) throwInvalidCall(i, "is in the form of chat completions: give the name and the parsed arguments of its function");
    if (typeof name !== "string") throwInvalidCall(i, "lacks a name");
    const parsed = parseCallArguments(args);
    if ("problem" in parsed) throwInvalidCall(i, `(${name}) has arguments that are ${parsed.problem}`);
    if (id !== undefined && id !== null && typeof id !== "string") throwInvalidCall(i, `(${name}) has an id that is not a string`);
    return { id: id ?? `call_${turn}_${i + 1}`, name, arguments: copyArguments(parsed.arguments, i), requestor };
  });
  const message: ParticipantMessage = { role: requestor, content, tool_calls: calls.length > 0 ? calls : null, cost: null };
  return message.tool_calls || hasText(message) ? message : null;
}

/** Copies arguments: a message must not change with the caller's object. */
function copyArguments(args: Record<string, unknown>, i: number): JsonObject {
  try {
    const copy = JSON.parse(JSON.stringify(args)) as JsonObject;
    copyNumberKinds(args, copy);
    return copy;
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
    `not an action: ${what}. Give text, { content } for words, or { tool_calls: [{ name, arguments }] } for calls`,
  );
}
