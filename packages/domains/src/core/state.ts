import { create } from "mutative";
import { compareCodePoints, isRecord } from "./json.ts";

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
 * Untouched parts of the two states are identical objects.
 */
export function nextState<S extends object, R>(state: S, change: (draft: S) => R): { state: S; value?: R; thrown?: unknown } {
  const [draft, finalize] = create(state, { enableAutoFreeze: false, strict: false });
  try {
    const value = change(draft as S);
    return { state: finalize() as S, value };
  } catch (thrown) {
    return { state: finalize() as S, thrown };
  }
}

/** True when the two values hash alike: key order does not matter, shared parts are not walked. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameValue(item, b[i]));
  if (!isRecord(a) || !isRecord(b)) return (a ?? null) === null && (b ?? null) === null;
  const [left, right] = [fieldsOf(a), fieldsOf(b)];
  if (left.size !== right.size) return false;
  for (const [key, item] of left.entries()) {
    if (!right.has(key) || !sameValue(item, right.get(key))) return false;
  }
  return true;
}

/** How to get from one state to another. */
export function diffValues(before: unknown, after: unknown): DiffEntry[] {
  const entries: DiffEntry[] = [];
  collect(before, after, [], entries);
  return entries.sort((a, b) => comparePaths(a.path, b.path));
}

function collect(before: unknown, after: unknown, path: string[], entries: DiffEntry[]): void {
  if (before === after) return;
  if (!isRecord(before) || !isRecord(after)) {
    if (!sameValue(before, after)) entries.push({ path, op: "replace", value: plainValue(after) });
    return;
  }
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  for (const key of left.keys()) if (!right.has(key)) entries.push({ path: [...path, key], op: "remove", value: null });
  for (const [key, item] of right.entries()) {
    if (left.has(key)) collect(left.get(key), item, [...path, key], entries);
    else entries.push({ path: [...path, key], op: "add", value: plainValue(item) });
  }
}

function fieldsOf(value: object): Map<string, unknown> {
  return value instanceof Map ? (value as Map<string, unknown>) : new Map(Object.entries(value));
}

/** Maps as objects, so that JSON can hold the value. */
export function plainValue(value: unknown): unknown {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(plainValue);
  if (!isRecord(value)) return value;
  return Object.fromEntries([...fieldsOf(value)].map(([key, item]) => [key, plainValue(item)]));
}

function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareCodePoints(a[i] ?? "", b[i] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Freezes a value that many environments share, so that a rule that changes it by mistake fails at once. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(item);
  return value;
}
