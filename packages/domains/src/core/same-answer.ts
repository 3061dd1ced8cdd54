import { isRecord } from "./json.ts";
import type { ToolMessage } from "./message.ts";

/** Python's equality of decoded JSON: numbers by value, key order irrelevant, a missing key differs from null. */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "boolean" && typeof b === "number") return Number(a) === b;
  if (typeof a === "number" && typeof b === "boolean") return a === Number(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEquals(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]));
}

/**
 * Whether a tool answers what a record says that it did, compared as decoded JSON. Two refusals are the same answer: their texts for
 * malformed arguments are this project's own (docs/differences.md).
 */
export function toolOutputsEqual(actual: ToolMessage, recorded: ToolMessage): boolean {
  if (actual.error && recorded.error) return true;
  if (recorded.content === null) return false;
  return jsonEquals(decoded(actual.content ?? ""), decoded(recorded.content));
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
