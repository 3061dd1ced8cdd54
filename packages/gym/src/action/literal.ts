import type { Json, JsonObject } from "@tau2/domains";
import { hasTooManyTokens } from "./call-size.ts";
import { setFloatKeys, compareCodePoints, pyFloat, pyRepr, pyJsonDumps } from "@tau2/domains/internal";

/**
 * Literal value of an action. It keeps forms that JSON loses and tau2-bench prints: `1000.0` beside `1000`, tuples, keys that are not
 * text, integers of any size.
 */
export type Literal =
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "constant"; readonly value: boolean | null }
  | { readonly kind: "list" | "tuple"; readonly items: readonly Literal[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: Literal, value: Literal])[] };

/** Formats a value as Python's `repr`. */
export function formatLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "text":
    case "constant":
      return pyRepr(literal.value);
    case "int":
      return String(literal.value);
    case "float":
      return pyFloat(literal.value);
    case "list":
      return `[${literal.items.map(formatLiteral).join(", ")}]`;
    case "tuple":
      return `(${literal.items.map(formatLiteral).join(", ")}${literal.items.length === 1 ? "," : ""})`;
    case "dict":
      return `{${literal.entries.map(([key, value]) => `${formatLiteral(key)}: ${formatLiteral(value)}`).join(", ")}}`;
  }
}

/**
 * Converts a value to JSON: tuples become lists, keys become text. Undefined for a value that does not fit into JSON: infinities, a tuple
 * as a key.
 */
export function toJson(literal: Literal): Json | undefined {
  switch (literal.kind) {
    case "text":
    case "constant":
      return literal.value;
    case "int":
    case "float":
      return Number.isFinite(Number(literal.value)) ? Number(literal.value) : undefined;
    case "list":
    case "tuple": {
      const items = literal.items.map(toJson);
      setFloatKeys(items, findFloats(literal.items.map((item, i) => [String(i), item] as const)));
      return items.includes(undefined) ? undefined : (items as Json[]);
    }
    case "dict":
      return toJsonObject(literal.entries.map(([key, value]) => [toKeyText(key), value]));
  }
}

/** Converts entries to an object; a later key replaces an earlier one. Undefined for a value that does not fit into JSON. */
export function toJsonObject(entries: Iterable<readonly [key: string | undefined, value: Literal]>): JsonObject | undefined {
  const fields: [string, Json][] = [];
  for (const [key, literal] of new Map(entries)) {
    const value = toJson(literal);
    if (key === undefined || value === undefined) return undefined;
    fields.push([key, value]);
  }
  const object = Object.fromEntries(fields);
  setFloatKeys(object, findFloats([...entries]));
  return object;
}

function findFloats(entries: readonly (readonly [key: string | undefined, value: Literal])[]): string[] {
  return entries.flatMap(([key, value]) => (key !== undefined && value.kind === "float" && Number.isInteger(value.value) ? [key] : []));
}

function toKeyText(key: Literal): string | undefined {
  if (key.kind === "text") return key.value;
  if (key.kind === "constant") return String(key.value);
  return key.kind === "int" || key.kind === "float" ? formatLiteral(key) : undefined;
}

/**
 * Formats a call as tau2-bench shows it (docs/spec/core.md#11-2): keys by code point, text in single quotes that are the only escapes,
 * other values as Python's `repr`.
 */
export function formatLiteralCall(name: string, keywords: Iterable<readonly [key: string, value: Literal]>): string {
  const sorted = [...new Map(keywords)].toSorted(([a], [b]) => compareCodePoints(a, b));
  return `${name}(${sorted.map(([key, value]) => `${key}=${value.kind === "text" ? quote(value.value) : formatLiteral(value)}`).join(", ")})`;
}

/** Quotes text as the value of a keyword. Backslashes and line breaks stay, so the result cannot always be parsed. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "\\'")}'`;
}

// At or below the limits of Python's parser; they bound the time and the stack that hostile text takes.
const DEEPEST = 500;
const LONGEST_INT = 4300;

/**
 * Parses JSON, and keeps `2.0` apart from `2`, unlike `JSON.parse`. Returns null for text that is not JSON, is nested too deep, has more
 * tokens than a call may hold, or holds an integer that is too long.
 */
export function readJsonLiteral(text: string): Literal | null {
  if (hasTooManyTokens(text)) return null;
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return parseJsonLiteral(text);
}

/** Formats a value from JSON as Python's `json.dumps`. */
export function formatJsonLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "text":
    case "constant":
      return pyJsonDumps(literal.value);
    case "int":
      return String(literal.value);
    case "float":
      return Number.isFinite(literal.value) ? pyFloat(literal.value) : pyJsonDumps(literal.value);
    case "list":
    case "tuple":
      return `[${literal.items.map(formatJsonLiteral).join(", ")}]`;
    case "dict":
      return `{${literal.entries.map(([key, value]) => `${formatJsonLiteral(key)}: ${formatJsonLiteral(value)}`).join(", ")}}`;
  }
}

/** Parses text that is valid JSON. */
function parseJsonLiteral(json: string): Literal | null {
  const pieces = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]|[^\s,:[\]{}"]+/g;
  let depth = 0;
  return read(next());

  function next(): string {
    return pieces.exec(json)?.[0] ?? "";
  }

  function read(piece: string): Literal | null {
    if (piece.startsWith('"')) return { kind: "text", value: JSON.parse(piece) as string };
    if (piece === "true" || piece === "false") return { kind: "constant", value: piece === "true" };
    if (piece === "null") return { kind: "constant", value: null };
    if (piece !== "[" && piece !== "{") return readNumber(piece);
    if (++depth > DEEPEST) return null;
    const value = piece === "[" ? readList() : readDict();
    depth--;
    return value;
  }

  function readList(): Literal | null {
    const items: Literal[] = [];
    for (let piece = next(); piece !== "]"; piece = next()) {
      const item = read(piece);
      if (!item) return null;
      items.push(item);
    }
    return { kind: "list", items };
  }

  function readDict(): Literal | null {
    const entries = new Map<string, readonly [Literal, Literal]>();
    for (let piece = next(); piece !== "}"; piece = next()) {
      const key = JSON.parse(piece) as string;
      const value = read(next());
      if (!value) return null;
      entries.set(key, [{ kind: "text", value: key }, value]);
    }
    return { kind: "dict", entries: [...entries.values()] };
  }
}

function readNumber(piece: string): Literal | null {
  if (!/^-?\d+$/.test(piece)) return { kind: "float", value: Number(piece) };
  return piece.length > LONGEST_INT ? null : { kind: "int", value: BigInt(piece) };
}
