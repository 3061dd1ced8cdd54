import { isRecord, type Requestor } from "@tau2/domains";
import type { WrittenCall } from "./functional-call.ts";
import type { Literal } from "./literal.ts";

// Limits of Python's own reader, or below them; they keep the time and the stack that hostile text takes small.
const DEEPEST = 500;
const LONGEST_INT = 4300;

/** A call as JSON text: `{"name": …, "arguments": {…}, "id": …, "requestor": …}`, the last two as the caller likes. */
export interface JsonCall extends WrittenCall {
  id: string;
  /** Null when it is not said. */
  requestor: Requestor | null;
}

/** Reads a call in its JSON form. Null when the text is anything else; further keys are ignored (spec core 11.3). */
export function readJsonCall(text: string): JsonCall | null {
  if (!text.startsWith("{") || !isJsonCall(text)) return null;
  const call = readLiteral(text);
  if (call?.kind !== "dict") return null;
  const fields = new Map(call.entries.map(([key, value]) => [textOf(key), value]));
  const [name, args, id, requestor] = ["name", "arguments", "id", "requestor"].map((key) => fields.get(key));
  if (args?.kind !== "dict") return null;
  return {
    name: textOf(name),
    keywords: args.entries.map(([key, value]) => [textOf(key), value]),
    id: textOf(id),
    requestor: requestor ? (textOf(requestor) as Requestor) : null,
  };
}

function isJsonCall(text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  if (!isRecord(value) || typeof value["name"] !== "string" || !isRecord(value["arguments"])) return false;
  const { id = "", requestor = "user" } = value;
  return typeof id === "string" && (requestor === "user" || requestor === "assistant");
}

function textOf(literal: Literal | undefined): string {
  return literal?.kind === "text" ? literal.value : "";
}

/** Reads text that is known to be JSON, telling `2.0` from `2`, which `JSON.parse` cannot. Null when it goes too far. */
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
