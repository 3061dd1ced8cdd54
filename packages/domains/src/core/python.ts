import { findFloatKeys, getNumberKind, getStoredFloats, type NumberKind } from "./json/number-kinds.ts";

/**
 * Text of numbers and values in the format of Python (docs/spec/core.md#0-1, #0-2).
 * Tool answers, database hashes and messages are compared in this format.
 */

import { toAsciiJsonString } from "./json/json.ts";

/** Returns Python's `repr` of a float: the shortest digits that round-trip, with a point or an exponent (`100.0`, `1e-07`, `1e+16`). */
export function pyFloat(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const plain = exponent < 0 ? fixedSmall(mantissa, exponent) : String(value);
  return plain.includes(".") ? plain : `${plain}.0`;
}

// JavaScript uses an exponent below 1e-6, Python below 1e-4.
function fixedSmall(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  return `${sign}0.${"0".repeat(-exponent - 1)}${mantissa.replace("-", "").replace(".", "")}`;
}

/** Returns the text of a number without a declared kind: integers plain, other numbers as floats. */
export function pyNumber(value: number): string {
  if (!Number.isInteger(value) || Object.is(value, -0)) return pyFloat(value);
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** Returns the text of a number in the kind in which it was written, or in the declared kind for an argument that a program gave. */
export function pyWritten<K extends string>(holder: Readonly<Record<K, number>>, key: K, declared: NumberKind): string {
  return getNumberKind(holder, key, declared) === "float" ? pyFloat(holder[key]) : pyNumber(holder[key]);
}

/** Returns Python's `round(value, 2)`: from the exact binary value, ties to even (`0.125` gives `0.12`, `2.675` gives `2.67`). */
export function pyRound2(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e21) return value;
  const eighths = value * 8;
  const isTie = Number.isInteger(eighths) && eighths % 2 !== 0;
  if (!isTie) return Object.is(value, -0) ? -0 : Number(value.toFixed(2));
  // Joined as text: above 2**46 a product with 100 would itself be rounded.
  const whole = Math.trunc(Math.abs(value));
  const cents = { 1: "12", 3: "38", 5: "62", 7: "88" }[(Math.abs(value) - whole) * 8] ?? "";
  return Math.sign(value) * Number(`${whole}.${cents}`);
}

/** Returns Python's `'{:.2f}'.format(value)`: two decimals, ties to even. */
export function pyFixed2(value: number): string {
  return pyRound2(value).toFixed(2);
}

/** Returns Python's `repr` of a JSON value: `'text'`, `None`, `True`, `[1, 'a']`, `{'k': 1}`. */
export function pyRepr(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pyNumber(value);
  if (typeof value === "string") return reprString(value);
  const floats = findFloatKeys(value);
  const repr = (item: unknown, key: string | number) => (floats?.has(String(key)) ? pyFloat(item as number) : pyRepr(item));
  if (Array.isArray(value)) return `[${value.map(repr).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${reprString(key)}: ${repr(item, key)}`)
    .join(", ")}}`;
}

/** Returns Python's `str` of a JSON value: like {@link pyRepr}, but strings without quotes. */
export function pyStr(value: unknown): string {
  return typeof value === "string" ? value : pyRepr(value);
}

function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + text.replace(unusual, (char) => (char === "'" || char === '"' ? escapeQuote(char, quote) : escapeCharacter(char))) + quote;
}

// To Python, separators, controls, formats, surrogates, private and unassigned code points are unprintable, except the space.
const unusual = /['"\\]|(?! )[\p{C}\p{Z}]/gu;

function escapeQuote(char: string, quote: string): string {
  return char === quote ? `\\${char}` : char;
}

function escapeCharacter(char: string): string {
  if (char === "\\") return "\\\\";
  if (char === "\n") return "\\n";
  if (char === "\r") return "\\r";
  return char === "\t" ? "\\t" : escapedCode(char.codePointAt(0) ?? 0);
}

function escapedCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}

/** Compares strings by Unicode code points, like Python. JavaScript compares UTF-16 units, which differs above the surrogates. */
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
  /** Spaces per level. Default: `null`, which means one line. */
  indent?: number | null | undefined;
  /** Sorts keys by code point at every level. Default: false. */
  sortKeys?: boolean | undefined;
  /** Kinds of numbers to print: as they were written, or only those that a database record stores. Default: `written`. */
  kinds?: "written" | "stored" | undefined;
}

/**
 * Returns Python's `json.dumps` of a value without a schema: numbers print as they were written, else integers plain and other numbers
 * as floats (docs/spec/core.md#0-1).
 * For a value with a schema, which declares the kind of each number, use `toRecordJson` or `toToolOutput`.
 * @example
 * ```ts
 * import { pyJsonDumps } from "@tau2/domains/internal";
 *
 * console.log(pyJsonDumps({ b: 1.5, a: [1, null] }, { sortKeys: true })); // {"a": [1, null], "b": 1.5}
 * ```
 */
export function pyJsonDumps(value: unknown, options: PyJsonOptions = {}): string {
  const { indent = null, sortKeys = false, kinds = "written" } = options;
  return write(value, { indent, sortKeys, findFloats: kinds === "stored" ? getStoredFloats : findFloatKeys }, "");
}

interface Writing {
  readonly indent: number | null;
  readonly sortKeys: boolean;
  findFloats(holder: object): Iterable<string> | undefined;
}

function write(value: unknown, writing: Writing, margin: string): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return toJsonNumber(value);
  if (typeof value === "string") return toAsciiJsonString(value);
  const { indent, sortKeys } = writing;
  const inner = indent === null ? "" : margin + " ".repeat(indent);
  const floats = new Set(writing.findFloats(value));
  const writeItem = (item: unknown, key: string) => (floats.has(key) ? toJsonFloat(item as number) : write(item, writing, inner));
  const [open, close, items] = Array.isArray(value)
    ? ["[", "]", value.map((item, i) => writeItem(item, String(i)))]
    : ["{", "}", getEntries(value, sortKeys).map(([key, item]) => `${toAsciiJsonString(key)}: ${writeItem(item, key)}`)];
  if (items.length === 0) return open + close;
  if (indent === null) return open + items.join(", ") + close;
  return `${open}\n${inner}${items.join(`,\n${inner}`)}\n${margin}${close}`;
}

function getEntries(value: object, sortKeys: boolean): [string, unknown][] {
  const entries: [string, unknown][] =
    value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value).filter(([, item]) => item !== undefined);
  return sortKeys ? entries.toSorted(([a], [b]) => compareCodePoints(a, b)) : entries;
}

/** Returns a JSON number without a declared kind. NaN and the infinities are bare words, as in Python. */
function toJsonNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  return pyNumber(value);
}

/** Returns a JSON number that is declared as a float. */
export function toJsonFloat(value: number): string {
  return Number.isFinite(value) ? pyFloat(value) : toJsonNumber(value);
}
