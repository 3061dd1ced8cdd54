import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";
import { getKeys, getValue, hasKey } from "../json/json.ts";
import { getStoredFloats } from "../json/number-kinds.ts";
import { containers, unwrap } from "./schema.ts";
import { toCanonicalJson } from "./to-tool-output.ts";

/** Returns the SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * Returns the database hash of tau2-bench: the SHA-256 of the canonical JSON text (docs/spec/core.md#3-4). Key order does not matter,
 * number kinds do.
 */
export function hashDatabase(schema: z.ZodType, database: unknown): string {
  return hashText(toCanonicalJson(schema, database));
}

/**
 * Returns whether two databases have the same hash, without hashing them. Skips shared parts, so the time depends on the number of
 * changes. As in the hash, a missing field of a record equals null, and a missing key of a map does not.
 */
export function databasesEqual(schema: z.ZodType, a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isNullish(a) || isNullish(b)) return isNullish(a) && isNullish(b);
  const inner = unwrap(schema);
  const container = containers.get(inner);
  if (container) return entriesEqual(container.value, a as object, b as object);
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Record<string, z.ZodType>;
    if (!haveSameFloats(a as object, b as object)) return false;
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

function haveSameFloats(a: object, b: object): boolean {
  const [left, right] = [getStoredFloats(a), getStoredFloats(b)];
  return left.length === right.length && left.every((key) => right.includes(key));
}

function isNullish(value: unknown): boolean {
  return value === null || value === undefined;
}
