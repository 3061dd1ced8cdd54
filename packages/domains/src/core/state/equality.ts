import { z } from "zod";
import { containers } from "../schema/schema.ts";
import { hasKey, getKeys, getValue, isRecord } from "../json/json.ts";
import { toCanonicalJson, unwrap } from "../schema/to-tool-output.ts";

/** True when the two values are equal: key order does not matter, shared parts are not walked. Across databases see `databasesEqual`. */
export function statesEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => statesEqual(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return (a ?? null) === null && (b ?? null) === null;
  const keys = getKeys(a);
  return keys.length === getKeys(b).length && keys.every((key) => hasKey(b, key) && statesEqual(getValue(a, key), getValue(b, key)));
}

/**
 * Whether two databases have the same hash, without hashing them: parts that they share are not walked, so two ends of one start compare
 * in the time of what was changed. Like the hash it goes by the schema: a field left out equals null, a key left out of a map does not.
 */
export function databasesEqual(schema: z.ZodType, a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isNullish(a) || isNullish(b)) return isNullish(a) && isNullish(b);
  const inner = unwrap(schema);
  const container = containers.get(inner);
  if (container) return entriesEqual(container.value, a as object, b as object);
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Record<string, z.ZodType>;
    return Object.keys(shape).every((key) => databasesEqual(shape[key]!, getValue(a as object, key), getValue(b as object, key)));
  }
  if (inner instanceof z.ZodArray) {
    const [left, right] = [a as unknown[], b as unknown[]];
    return left.length === right.length && left.every((item, i) => databasesEqual(inner.element as z.ZodType, item, right[i]));
  }
  return toCanonicalJson(inner, a) === toCanonicalJson(inner, b);
}

function entriesEqual(schema: z.ZodType, a: object, b: object): boolean {
  const keys = getKeys(a);
  return (
    keys.length === getKeys(b).length && keys.every((key) => hasKey(b, key) && databasesEqual(schema, getValue(a, key), getValue(b, key)))
  );
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}

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

interface ToolOutput {
  readonly content: string | null;
  readonly error: boolean;
}

/**
 * Whether a tool answers what a record says that it did, compared as decoded JSON. Two refusals are the same answer: their texts for
 * malformed arguments are this project's own (docs/differences.md).
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
