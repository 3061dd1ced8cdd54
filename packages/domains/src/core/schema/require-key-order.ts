import { z } from "zod";
import { Tau2Error } from "../errors.ts";
import { getKeys, getValue, isRecord } from "../json/json.ts";
import { containers } from "./schema.ts";

/**
 * Refuses data whose order JavaScript has changed: an ordered map that arrives as an object with keys like array indexes, which come first in
 * every object. Tools print such maps, so their answers would differ.
 * @throws Tau2Error `invalid`, naming the place and the function that keeps the order
 */
export function requireKeyOrder(schema: z.ZodType, value: unknown, what: string): void {
  const moved = findMovedKey(schema, value, []);
  if (moved === undefined) return;
  throw new Tau2Error(
    "invalid",
    `${what}: JavaScript moved the key "${moved.at(-1)}" of ${moved.slice(0, -1).join(".") || "(root)"} to the front, so the file's order is lost. ` +
      "Take the file as text and parse it with `parseOrderedJson(text)` of @tau2/domains (vite: import `db.json?raw`), or pass a `Map`",
  );
}

/** Returns the path of the first key that may have moved. */
function findMovedKey(schema: z.ZodType, value: unknown, path: readonly string[]): readonly string[] | undefined {
  const container = containers.get(schema);
  if (container?.kind === "map" && isRecord(value) && !(value instanceof Map)) {
    const [first = "", ...others] = Object.keys(value);
    // A map with one key has one order.
    if (others.length > 0 && isArrayIndex(first)) return [...path, first];
  }
  if (Array.isArray(value) && schema instanceof z.ZodArray) {
    return findFirst(value.keys(), (at) => [schema.element as z.ZodType, value[at]], path);
  }
  if (!isRecord(value)) return undefined;
  if (container) return findFirst(getKeys(value), (key) => [container.value, getValue(value, key)], path);
  if (schema instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
    return findFirst(Object.keys(shape), (key) => [shape[key]!, value[key]], path);
  }
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return findMovedKey(schema.unwrap() as z.ZodType, value, path);
  }
  return undefined;
}

function findFirst<K extends string | number>(
  keys: Iterable<K>,
  get: (key: K) => readonly [z.ZodType, unknown],
  path: readonly string[],
): readonly string[] | undefined {
  for (const key of keys) {
    const moved = findMovedKey(...get(key), [...path, String(key)]);
    if (moved !== undefined) return moved;
  }
  return undefined;
}

/** Returns whether objects order a key before all keys that are not array indexes. */
function isArrayIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key) && Number(key) < 2 ** 32 - 1;
}
