import { isRecord } from "@tau2/domains/internal";
import type { Requestor } from "@tau2/domains";
import type { WrittenCall } from "./functional-call.ts";
import { readJsonLiteral } from "./json-literal.ts";
import type { Literal } from "./literal.ts";

/** A call as JSON text: `{"name": …, "arguments": {…}, "id": …, "requestor": …}`, the last two as the caller likes. */
export interface JsonCall extends WrittenCall {
  id: string;
  /** Null when it is not said. */
  requestor: Requestor | null;
}

/** Reads a call in its JSON form. Null when the text is anything else; further keys are ignored (docs/spec/core.md#11-3). */
export function readJsonCall(text: string): JsonCall | null {
  if (!text.startsWith("{") || !isJsonCall(text)) return null;
  const call = readJsonLiteral(text);
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
