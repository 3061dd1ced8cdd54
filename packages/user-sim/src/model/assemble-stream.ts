import { isRecord } from "@tau2/domains/internal";
import { quote } from "./classify-failure.ts";
import { ModelError } from "./model-error.ts";

/** Returns whether the body of an answer is a stream of server-sent events. */
export function isEventStream(body: string): boolean {
  return /^\s*(data|event|id|retry)?:/.test(body);
}

/**
 * Assembles the chunks of a streamed completion into the completion that the endpoint sends without a stream. Some endpoints stream although
 * the request does not ask for it.
 * @throws ModelError `transient` if the stream broke off, `reply` for a chunk that is not JSON
 */
export function assembleStream(body: string, where: string): unknown {
  const message: Record<string, unknown> = { role: "assistant", content: null };
  const assembled: Record<string, unknown> = {};
  let finishReason: unknown = null;
  let ended = false;
  for (const data of readEvents(body)) {
    if (data === "[DONE]") {
      ended = true;
      break;
    }
    const chunk = parseChunk(data, where);
    if (isRecord(chunk["error"])) return chunk;
    const choices: unknown[] = Array.isArray(chunk["choices"]) ? chunk["choices"] : [];
    const choice = choices[0];
    for (const [key, value] of Object.entries(chunk)) if (key !== "choices" && value !== null) assembled[key] = value;
    if (!isRecord(choice)) continue;
    // The last chunk of some endpoints is the whole message.
    if (isRecord(choice["delta"])) addDelta(message, choice["delta"]);
    else if (isRecord(choice["message"])) Object.assign(message, choice["message"]);
    finishReason = choice["finish_reason"] ?? finishReason;
  }
  if (!ended && finishReason === null) throw new ModelError("transient", `${where} broke off in the middle of a streamed answer`);
  const calls = Array.isArray(message["tool_calls"]) ? { tool_calls: message["tool_calls"].filter(isRecord) } : {};
  return {
    ...assembled,
    object: "chat.completion",
    choices: [{ index: 0, finish_reason: finishReason, message: { ...message, ...calls } }],
  };
}

/** Returns the data of each event. An event may have several lines of data. */
function readEvents(body: string): string[] {
  const events = body.split(/\r?\n\r?\n|\r\r/).map((event) =>
    event
      .split(/\r?\n|\r/)
      .filter((line) => line.startsWith("data:"))
      .map((line) => line.slice("data:".length).replace(/^ /, "")),
  );
  // Some endpoints separate events by one line break only.
  return events
    .flatMap((lines) => (lines.length > 1 && lines.every(isWhole) ? lines : [lines.join("\n")]))
    .filter((data) => data.trim() !== "");
}

function isWhole(data: string): boolean {
  const text = data.trim();
  return text === "[DONE]" || text === "" || (text.startsWith("{") && text.endsWith("}"));
}

function parseChunk(data: string, where: string): Record<string, unknown> {
  let chunk: unknown;
  try {
    chunk = JSON.parse(data);
  } catch (cause) {
    throw new ModelError("reply", `${where} streamed an event that is not JSON: ${quote(data)}`, { cause });
  }
  if (!isRecord(chunk)) throw new ModelError("reply", `${where} streamed an event that is not an object: ${quote(data)}`);
  return chunk;
}

// Names and ids come whole, and some endpoints repeat them in each chunk.
const whole: ReadonlySet<string> = new Set(["role", "id", "type", "name", "index"]);

/** Adds a delta to a message or a part of it: texts are continued, entries of lists go to the place that their `index` names. */
function addDelta(target: Record<string, unknown>, delta: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(delta)) {
    const before = Object.hasOwn(target, key) ? target[key] : undefined;
    if (value === null || value === undefined || (whole.has(key) && value === "")) continue;
    if (typeof value === "string" && typeof before === "string" && !whole.has(key)) target[key] = before + value;
    else if (Array.isArray(value)) target[key] = addEntries(Array.isArray(before) ? before : [], value, key === "tool_calls");
    else if (isRecord(value) && isRecord(before)) addDelta(before, value);
    else define(target, key, isRecord(value) ? structuredClone(value) : value);
  }
}

function addEntries(entries: unknown[], added: readonly unknown[], byIndex: boolean): unknown[] {
  for (const entry of added) {
    const known = byIndex && isRecord(entry) ? entries.findLast((other) => isRecord(other) && isContinued(other, entry)) : undefined;
    if (known !== undefined) addDelta(known as Record<string, unknown>, entry as Record<string, unknown>);
    else entries.push(isRecord(entry) ? structuredClone(entry) : entry);
  }
  return entries;
}

/** Returns whether a delta continues a call. Gemini gives each of several calls the index 0, and other endpoints give none. */
function isContinued(call: Record<string, unknown>, delta: Record<string, unknown>): boolean {
  if (delta["id"] && call["id"] && delta["id"] !== call["id"]) return false;
  if (typeof delta["index"] === "number") return delta["index"] === call["index"];
  return !(isRecord(delta["function"]) && delta["function"]["name"]);
}

/** Sets a key that the endpoint chose, which may be `__proto__`. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
