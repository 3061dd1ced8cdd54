import { pyFloat, pyJsonDumps } from "@tau2/domains/internal";
import type { Literal } from "./literal.ts";

// Limits of Python's own reader, or below them; they keep the time and the stack that hostile text takes small.
const DEEPEST = 500;
const LONGEST_INT = 4300;

/** Reads JSON, telling `2.0` from `2`, which `JSON.parse` cannot. Null when it is none, or nested too deep, or a number too long. */
export function readJsonLiteral(text: string): Literal | null {
  try {
    JSON.parse(text);
  } catch {
    return null;
  }
  return readLiteral(text);
}

/** A value that was read from JSON, as Python's `json.dumps` writes it. */
export function jsonLiteralText(literal: Literal): string {
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
      return `[${literal.items.map(jsonLiteralText).join(", ")}]`;
    case "dict":
      return `{${literal.entries.map(([key, value]) => `${jsonLiteralText(key)}: ${jsonLiteralText(value)}`).join(", ")}}`;
  }
}

/** Reads text that is known to be JSON. */
function readLiteral(json: string): Literal | null {
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
