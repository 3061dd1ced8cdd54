import { compareCodePoints, pyFloat, pyRepr } from "@tau2/domains/internal";
import type { Json, JsonObject } from "@tau2/domains";

/**
 * A value as it was written in an action. It keeps what JSON loses and the reference prints back: `1000.0` beside `1000`, tuples, keys that
 * are not text, whole numbers of any size.
 */
export type Literal =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "constant"; readonly value: boolean | null }
  | { readonly kind: "list" | "tuple"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: Literal, value: Literal])[] };

/** Python's `repr` of the value. */
export function literalText(literal: Literal): string {
  switch (literal.kind) {
    case "text":
    case "constant":
      return pyRepr(literal.value);
    case "int":
      return String(literal.value);
    case "float":
      return pyFloat(literal.value);
    case "list":
      return `[${literal.items.map(literalText).join(", ")}]`;
    case "tuple":
      return `(${literal.items.map(literalText).join(", ")}${literal.items.length === 1 ? "," : ""})`;
    case "dict":
      return `{${literal.entries.map(([key, value]) => `${literalText(key)}: ${literalText(value)}`).join(", ")}}`;
  }
}

/** The value as JSON holds it: tuples as lists, keys as text. Undefined where JSON has no such value: infinities, a tuple as a key. */
export function literalJson(literal: Literal): Json | undefined {
  switch (literal.kind) {
    case "text":
    case "constant":
      return literal.value;
    case "int":
    case "float":
      return Number.isFinite(Number(literal.value)) ? Number(literal.value) : undefined;
    case "list":
    case "tuple": {
      const items = literal.items.map(literalJson);
      return items.includes(undefined) ? undefined : (items as Json[]);
    }
    case "dict":
      return literalObject(literal.entries.map(([key, value]) => [keyText(key), value]));
  }
}

/** An object of values, a later key in the place of an earlier one. Undefined where JSON has no such value. */
export function literalObject(entries: Iterable<readonly [key: string | undefined, value: Literal]>): JsonObject | undefined {
  const fields: [string, Json][] = [];
  for (const [key, literal] of entries) {
    const value = literalJson(literal);
    if (key === undefined || value === undefined) return undefined;
    fields.push([key, value]);
  }
  return Object.fromEntries(fields);
}

function keyText(key: Literal): string | undefined {
  if (key.kind === "text") return key.value;
  if (key.kind === "constant") return String(key.value);
  return key.kind === "int" || key.kind === "float" ? literalText(key) : undefined;
}

/**
 * A call as the reference shows it (docs/spec/core.md#11-2): keys by code point, text in single quotes with nothing but these escaped, every other
 * value as Python's `repr`.
 */
export function callText(name: string, keywords: Iterable<readonly [key: string, value: Literal]>): string {
  const sorted = [...new Map(keywords)].toSorted(([a], [b]) => compareCodePoints(a, b));
  return `${name}(${sorted.map(([key, value]) => `${key}=${value.kind === "text" ? quoted(value.value) : literalText(value)}`).join(", ")})`;
}

/** Text as the value of a keyword: backslashes and line breaks stay as they are, so it cannot always be read back. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}
