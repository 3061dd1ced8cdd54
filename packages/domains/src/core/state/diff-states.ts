import { compareCodePoints } from "../python.ts";
import { getKeys, getValue, hasKey, isRecord, toPlainValue } from "../json/json.ts";
import { statesEqual } from "./equality.ts";

/** One difference between two states. A list that differs is replaced as a whole. */
export interface DiffEntry {
  /** Object keys from the root to the difference. */
  path: string[];
  op: "add" | "remove" | "replace";
  /** The new value; `null` for `remove`. */
  value: unknown;
}

/**
 * Returns the differences between two states, sorted by path.
 * @example
 * ```ts
 * import { diffStates } from "@tau2/domains";
 *
 * console.log(diffStates({ seats: 3, meals: [] }, { seats: 2, meals: [] })); // [{ path: ["seats"], op: "replace", value: 2 }]
 * ```
 */
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
