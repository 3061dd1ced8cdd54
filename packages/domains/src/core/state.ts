import { deepFreeze } from "./deep-freeze.ts";
import { compareCodePoints, isRecord } from "./json.ts";
import { draftOf } from "./tables.ts";

/** State as values: changed by making the next one, compared by walking only what differs. */

/** What two states of a side differ in: paths of object keys, in path order; a list that differs is replaced whole. */
export interface DiffEntry {
  path: string[];
  op: "add" | "remove" | "replace";
  /** The new value; null for `remove`. */
  value: unknown;
}

/**
 * The next state, made by a function that changes a draft. What was changed before a throw stays changed; the thrown thing comes back.
 * Untouched parts of the two states are identical objects. The result is frozen: snapshots and branches share it.
 */
export function nextState<S extends object, R>(state: S, change: (draft: S) => R): { state: S; value: R } | { state: S; thrown: unknown } {
  const [draft, finalize] = draftOf(state);
  try {
    const value = change(draft);
    return { state: deepFreeze(finalize()), value };
  } catch (thrown) {
    return { state: deepFreeze(finalize()), thrown };
  }
}

/** True when the two values are equal: key order does not matter, shared parts are not walked. Across databases see `sameDatabase`. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return (a ?? null) === null && (b ?? null) === null;
  const keys = keysOf(a);
  return keys.length === keysOf(b).length && keys.every((key) => hasKey(b, key) && sameValue(valueAt(a, key), valueAt(b, key)));
}

/** How to get from one state to another. */
export function diffValues(before: unknown, after: unknown): DiffEntry[] {
  const entries: DiffEntry[] = [];
  collect(before, after, [], entries);
  return entries.toSorted((a, b) => comparePaths(a.path, b.path));
}

function collect(before: unknown, after: unknown, path: string[], entries: DiffEntry[]): void {
  if (before === after) return;
  if (!isRecord(before) || !isRecord(after)) {
    if (!sameValue(before, after)) entries.push({ path, op: "replace", value: plainValue(after) });
    return;
  }
  for (const key of keysOf(before)) if (!hasKey(after, key)) entries.push({ path: [...path, key], op: "remove", value: null });
  for (const key of keysOf(after)) {
    const item = valueAt(after, key);
    if (!hasKey(before, key)) entries.push({ path: [...path, key], op: "add", value: plainValue(item) });
    else if (valueAt(before, key) !== item) collect(valueAt(before, key), item, [...path, key], entries);
  }
}

/** @internal Maps and plain objects read alike. */
export function keysOf(value: object): string[] {
  return value instanceof Map ? [...(value as Map<string, unknown>).keys()] : Object.keys(value);
}

/** @internal */
export function hasKey(value: object, key: string): boolean {
  return value instanceof Map ? value.has(key) : Object.hasOwn(value, key);
}

/** @internal */
export function valueAt(value: object, key: string): unknown {
  return value instanceof Map ? value.get(key) : (value as Record<string, unknown>)[key];
}

/** Maps as objects, so that JSON can hold the value. */
export function plainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(keysOf(value).map((key) => [key, plainValue(valueAt(value, key))]));
}

function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareCodePoints(a[i] ?? "", b[i] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
