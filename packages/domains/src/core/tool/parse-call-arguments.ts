import { getErrorMessage } from "../errors.ts";
import { isRecord, type JsonObject } from "../json/json.ts";

/** Parsed arguments of a tool call, or the problem that prevents it. */
export type ParsedCallArguments = { arguments: JsonObject } | { problem: string; cause?: unknown };

// Some endpoints encode the text of the arguments once more.
const MAX_ENCODINGS = 2;

/**
 * Parses the `arguments` of a tool call in every form in which models and endpoints write them: an object, JSON text, or JSON text that was
 * encoded twice. Missing arguments, null and blank text mean a call without arguments. No other code parses them.
 *
 * Returns the problem instead of throwing, because the model receives it as the answer to its call.
 */
export function parseCallArguments(written: unknown): ParsedCallArguments {
  let value = written;
  for (let encodings = 0; typeof value === "string" && value.trim() !== "" && encodings < MAX_ENCODINGS; encodings++) {
    try {
      value = JSON.parse(value);
    } catch (cause) {
      return { problem: `not JSON (${getErrorMessage(cause)})`, cause };
    }
  }
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) return { arguments: {} };
  if (isRecord(value)) return { arguments: value as JsonObject };
  return { problem: `${typeof written === "string" ? "JSON, but " : ""}not an object` };
}

/** Quotes what a model wrote as arguments. An object is quoted as JSON. */
export function quoteCallArguments(written: unknown): string {
  return typeof written === "string" ? written : (JSON.stringify(written) ?? "");
}
