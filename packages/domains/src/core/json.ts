import { toAsciiJsonString, pyFloat, pyNumber } from "./python-text.ts";

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object that JSON can hold. */
export type JsonObject = { [key: string]: Json };

/** True for objects that are neither null nor arrays. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Compares by Unicode code points, as Python sorts strings. UTF-16 units differ from it above the surrogates. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xAstral = x >= 0xd800 && x <= 0xdfff;
    const yAstral = y >= 0xd800 && y <= 0xdfff;
    if (xAstral !== yAstral) return xAstral ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}

/** Options of {@link pyJsonDumps}. */
export interface PyJsonOptions {
  /** Spaces a level; null for one line. */
  indent?: number | null;
  /** Sorts keys by code point at every level. */
  sortKeys?: boolean;
}

/**
 * `json.dumps` of a value whose numbers have no declared kind: integers print plain, all else as floats (PYJSON of docs/spec/core.md#0-1).
 * Values under a schema go through `wire.ts`, which knows each number's kind.
 */
export function pyJsonDumps(value: unknown, options: PyJsonOptions = {}): string {
  return write(value, options.indent ?? null, options.sortKeys ?? false, "");
}

function write(value: unknown, indent: number | null, sortKeys: boolean, margin: string): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return jsonNumber(value);
  if (typeof value === "string") return toAsciiJsonString(value);
  const inner = indent === null ? "" : margin + " ".repeat(indent);
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item) => write(item, indent, sortKeys, inner))]
    : ["{", "}", entriesOf(value, sortKeys).map(([key, item]) => `${toAsciiJsonString(key)}: ${write(item, indent, sortKeys, inner)}`)];
  if (items.length === 0) return open + close;
  if (indent === null) return open + items.join(", ") + close;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

function entriesOf(value: object, sortKeys: boolean): [string, unknown][] {
  const entries: [string, unknown][] =
    value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value).filter(([, item]) => item !== undefined);
  return sortKeys ? entries.toSorted(([a], [b]) => compareCodePoints(a, b)) : entries;
}

/** A JSON number of no declared kind; NaN and the infinities bare, as Python writes them. */
function jsonNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return pyNumber(value);
}

/** A JSON number declared as a float. */
export function toJsonFloat(value: number): string {
  return Number.isFinite(value) ? pyFloat(value) : jsonNumber(value);
}

/**
 * `JSON.parse` that keeps the order of keys that look like integers: JavaScript moves those to the front of an object,
 * so they come back with {@link ORDER_MARK} before them; {@link toPlainKey} takes it off again. Schemas made with `orderedMap` and
 * `mapOf` do so by themselves.
 */
export function parseOrderedJson(text: string): unknown {
  return JSON.parse(integerKey.test(text) ? text.replace(integerKeys, `"${ORDER_MARK}$1":`) : text);
}

/** Stands before integer-like keys while order matters; never part of data, since JSON files hold no private-use key prefix. */
const ORDER_MARK = "\ue000";

/** The key without {@link ORDER_MARK}. */
export function toPlainKey(key: string): string {
  return key.startsWith(ORDER_MARK) ? key.slice(1) : key;
}

// A quote after `{`, `,` or white space that opens a run of digits closed by `":` can only be a key: inside a string such quotes are escaped.
const integerKey = /(?<=[{,\s])"\d{1,10}"\s*:/;
const integerKeys = /(?<=[{,\s])"(\d{1,10})"\s*:/g;
