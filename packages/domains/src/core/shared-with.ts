import { isRecord } from "./json.ts";
import { hasKey, keysOf, valueAt } from "./state.ts";

/** @internal The value, with every part that equals its counterpart in `base` (order of keys included) replaced by the counterpart itself. */
export function sharedWith(base: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!Array.isArray(base)) return value;
    const items = value.map((item, i) => sharedWith(base[i], item));
    return items.length === base.length && items.every((item, i) => item === base[i]) ? base : items;
  }
  if (!isRecord(value) || !isRecord(base) || value instanceof Map !== base instanceof Map) return value;
  const keys = keysOf(value);
  const entries = keys.map((key): [string, unknown] => [
    key,
    sharedWith(hasKey(base, key) ? valueAt(base, key) : undefined, valueAt(value, key)),
  ]);
  const baseKeys = keysOf(base);
  if (keys.length === baseKeys.length && entries.every(([key, item], i) => key === baseKeys[i] && item === valueAt(base, key))) return base;
  return value instanceof Map ? new Map(entries) : Object.fromEntries(entries);
}
