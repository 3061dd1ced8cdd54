import { z } from "zod";
import { containers } from "./schema.ts";
import { hasKey, keysOf, valueAt } from "./state.ts";
import { canonicalText, unwrap } from "./wire.ts";

/**
 * Whether two databases have the same hash, without hashing them: parts that they share are not walked, so two ends of one start compare
 * in the time of what was changed. Like the hash it goes by the schema: a field left out equals null, a key left out of a map does not.
 */
export function sameDatabase(schema: z.ZodType, a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
  const inner = unwrap(schema);
  const container = containers.get(inner);
  if (container) return sameEntries(container.value, a as object, b as object);
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Record<string, z.ZodType>;
    return Object.keys(shape).every((key) => sameDatabase(shape[key]!, valueAt(a as object, key), valueAt(b as object, key)));
  }
  if (inner instanceof z.ZodArray) {
    const [left, right] = [a as unknown[], b as unknown[]];
    return left.length === right.length && left.every((item, i) => sameDatabase(inner.element as z.ZodType, item, right[i]));
  }
  return canonicalText(inner, a) === canonicalText(inner, b);
}

function sameEntries(schema: z.ZodType, a: object, b: object): boolean {
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => hasKey(b, key) && sameDatabase(schema, valueAt(a, key), valueAt(b, key)));
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined;
}
