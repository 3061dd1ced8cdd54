import { getKeys, getValue, hasKey, isRecord } from "../json/json.ts";

/** Returns whether two states are equal. Ignores key order, and skips shared parts. For databases use {@link databasesEqual}. */
export function statesEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => statesEqual(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return (a ?? null) === null && (b ?? null) === null;
  const keys = getKeys(a);
  return keys.length === getKeys(b).length && keys.every((key) => hasKey(b, key) && statesEqual(getValue(a, key), getValue(b, key)));
}

/** Compares JSON values like Python: numbers by value (`true` equals 1), ignoring key order; a missing key differs from null. */
export function jsonEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === "boolean" && typeof b === "number") return Number(a) === b;
  if (typeof a === "number" && typeof b === "boolean") return a === Number(b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => jsonEquals(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && jsonEquals(a[key], b[key]));
}

interface ToolOutput {
  readonly content: string | null;
  readonly error: boolean;
}

/**
 * Returns whether a tool's answer equals the recorded one, compared as JSON values. Two errors are equal whatever their texts,
 * since the texts for malformed arguments differ from tau2-bench (docs/differences.md).
 */
export function toolOutputsEqual(actual: ToolOutput, recorded: ToolOutput): boolean {
  if (actual.error && recorded.error) return true;
  if (recorded.content === null) return false;
  return jsonEquals(tryParseJson(actual.content ?? ""), tryParseJson(recorded.content));
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
