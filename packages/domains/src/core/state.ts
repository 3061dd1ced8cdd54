import { deepFreeze } from "./deep-freeze.ts";
import { compareCodePoints, isRecord } from "./json.ts";
import { createDraft } from "./tables.ts";

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
export function updateState<S extends object, R>(
  state: S,
  change: (draft: S) => R,
): { state: S; value: R } | { state: S; thrown: unknown } {
  const [draft, finalize] = createDraft(state);
  try {
    const value = change(draft);
    return { state: deepFreeze(finalize()), value };
  } catch (thrown) {
    return { state: deepFreeze(finalize()), thrown };
  }
}

/** True when the two values are equal: key order does not matter, shared parts are not walked. Across databases see `databasesEqual`. */
export function statesEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => statesEqual(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return (a ?? null) === null && (b ?? null) === null;
  const keys = getKeys(a);
  return keys.length === getKeys(b).length && keys.every((key) => hasKey(b, key) && statesEqual(getValue(a, key), getValue(b, key)));
}

/** How to get from one state to another. */
export function diffStates(before: unknown, after: unknown): DiffEntry[] {
  const entries: DiffEntry[] = [];
  collect(before, after, [], entries);
  return entries.toSorted((a, b) => comparePaths(a.path, b.path));
}

function collect(before: unknown, after: unknown, path: string[], entries: DiffEntry[]): void {
  if (before === after) return;
  if (!isRecord(before) || !isRecord(after)) {
    if (!statesEqual(before, after)) entries.push({ path, op: "replace", value: toPlainValue(after) });
    return;
  }
  for (const key of getKeys(before)) if (!hasKey(after, key)) entries.push({ path: [...path, key], op: "remove", value: null });
  for (const key of getKeys(after)) {
    const item = getValue(after, key);
    if (!hasKey(before, key)) entries.push({ path: [...path, key], op: "add", value: toPlainValue(item) });
    else if (getValue(before, key) !== item) collect(getValue(before, key), item, [...path, key], entries);
  }
}

/** @internal Maps and plain objects read alike. */
export function getKeys(value: object): string[] {
  return value instanceof Map ? [...(value as Map<string, unknown>).keys()] : Object.keys(value);
}

/** @internal */
export function hasKey(value: object, key: string): boolean {
  return value instanceof Map ? value.has(key) : Object.hasOwn(value, key);
}

/** @internal */
export function getValue(value: object, key: string): unknown {
  return value instanceof Map ? value.get(key) : (value as Record<string, unknown>)[key];
}

/** Maps as objects, so that JSON can hold the value. */
export function toPlainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(toPlainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries(getKeys(value).map((key) => [key, toPlainValue(getValue(value, key))]));
}

function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareCodePoints(a[i] ?? "", b[i] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
