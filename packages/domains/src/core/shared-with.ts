import { isRecord } from "./json.ts";
import { hasKey, getKeys, getValue } from "./state.ts";

/** @internal The value, with every part that equals its counterpart in `base` (order of keys included) replaced by the counterpart itself. */
export function shareUnchanged(base: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!Array.isArray(base)) return value;
    const items = value.map((item, i) => shareUnchanged(base[i], item));
    return items.length === base.length && items.every((item, i) => item === base[i]) ? base : items;
  }
  if (!isRecord(value) || !isRecord(base) || value instanceof Map !== base instanceof Map) return value;
  const keys = getKeys(value);
  const entries = keys.map((key): [string, unknown] => [
    key,
    shareUnchanged(hasKey(base, key) ? getValue(base, key) : undefined, getValue(value, key)),
  ]);
  const baseKeys = getKeys(base);
  if (keys.length === baseKeys.length && entries.every(([key, item], i) => key === baseKeys[i] && item === getValue(base, key)))
    return base;
  return value instanceof Map ? new Map(entries) : Object.fromEntries(entries);
}
