import { z } from "zod";
import { containers } from "./schema.ts";
import { hasKey, getKeys, getValue } from "./state.ts";
import { toCanonicalJson, unwrap } from "./wire.ts";

/**
 * Whether two databases have the same hash, without hashing them: parts that they share are not walked, so two ends of one start compare
 * in the time of what was changed. Like the hash it goes by the schema: a field left out equals null, a key left out of a map does not.
 */
export function databasesEqual(schema: z.ZodType, a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const inner = unwrap(schema);
  const container = containers.get(inner);
  if (container) return sameEntries(container.value, a as object, b as object);
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

function sameEntries(schema: z.ZodType, a: object, b: object): boolean {
  const keys = getKeys(a);
  return (
    keys.length === getKeys(b).length && keys.every((key) => hasKey(b, key) && databasesEqual(schema, getValue(a, key), getValue(b, key)))
  );
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
