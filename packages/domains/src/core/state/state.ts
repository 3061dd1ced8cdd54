import { deepFreeze } from "./deep-freeze.ts";
import { compareCodePoints } from "../python.ts";
import { getKeys, getValue, hasKey, isRecord, toPlainValue } from "../json/json.ts";
import { statesEqual } from "./equality.ts";
import { createDraft } from "./draft.ts";

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

function comparePaths(a: string[], b: string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compareCodePoints(a[i] ?? "", b[i] ?? "");
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
