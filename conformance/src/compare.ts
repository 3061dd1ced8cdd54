import { isRecord } from "@tau2/domains/internal";
import type { Difference } from "./outcome.ts";

/** Options of a comparison. */
export interface CompareOptions {
  /** Numbers that are this close are equal, absolutely and in relation to the larger one; 0 unless given. */
  tolerance?: number;
  /** Path of the values, for the paths of differences. */
  path?: string;
}

/**
 * Finds the differences of two JSON values: numbers by value, booleans are not numbers, key order does not matter, a missing key differs from null.
 * Lists are compared place by place, with their length as a difference of its own.
 */
export function differences(expected: unknown, actual: unknown, options: CompareOptions = {}): Difference[] {
  const found: Difference[] = [];
  walk(expected, actual, options.path ?? "", options.tolerance ?? 0, found);
  return found;
}

function walk(expected: unknown, actual: unknown, path: string, tolerance: number, found: Difference[]): void {
  if (expected === actual) return;
  if (typeof expected === "number" && typeof actual === "number" && close(expected, actual, tolerance)) return;
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length) found.push({ path: `${path}.length`, expected: expected.length, actual: actual.length });
    for (let i = 0; i < Math.max(expected.length, actual.length); i++) walk(expected[i], actual[i], `${path}[${i}]`, tolerance, found);
    return;
  }
  if (!isRecord(expected) || !isRecord(actual)) {
    found.push({ path, expected, actual });
    return;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    walk(expected[key], actual[key], path === "" ? key : `${path}.${key}`, tolerance, found);
  }
}

function close(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b));
}

/** A value as a JSON file would give it back: keys without a value gone, NaN and the infinities null. */
export function asJson(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}
