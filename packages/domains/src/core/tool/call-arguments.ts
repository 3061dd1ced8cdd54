import { z } from "zod";
import { getErrorMessage, Tau2Error } from "../errors.ts";
import { isRecord, type JsonObject } from "../json/json.ts";
import { copyNumberKinds, hasNumberKinds, parseJson, rememberNumberKinds, setFloatKeys, stringifyJson } from "../json/number-kinds.ts";
import { isInteger, unwrap } from "../schema/schema.ts";
import type { Tool } from "./tool.ts";

/** Parsed arguments of a tool call, or the problem that prevents it. */
export type ParsedCallArguments = { arguments: JsonObject } | { problem: string; cause?: unknown };

// Some endpoints encode the text of the arguments once more.
const MAX_ENCODINGS = 2;

/**
 * Parses the `arguments` of a tool call in every form in which models and endpoints write them: an object, JSON text, or JSON text that was
 * encoded twice. Missing arguments, null and blank text mean a call without arguments. No other code parses them. The kinds of numbers in
 * text are remembered.
 *
 * Returns the problem instead of throwing, because the model receives it as the answer to its call.
 */
export function parseCallArguments(written: unknown): ParsedCallArguments {
  let value = written;
  for (let encodings = 0; typeof value === "string" && value.trim() !== "" && encodings < MAX_ENCODINGS; encodings++) {
    try {
      value = parseJson(value);
    } catch (cause) {
      return { problem: `not JSON (${getErrorMessage(cause)})`, cause };
    }
  }
  if (value === undefined || value === null || (typeof value === "string" && value.trim() === "")) return { arguments: {} };
  if (isRecord(value)) {
    if (typeof written === "string") rememberNumberKinds(value);
    return { arguments: value as JsonObject };
  }
  return { problem: `${typeof written === "string" ? "JSON, but " : ""}not an object` };
}

/** Quotes what a model wrote as arguments. An object is quoted as JSON. */
export function quoteCallArguments(written: unknown): string {
  return typeof written === "string" ? written : written === undefined ? "" : stringifyJson(written);
}

/**
 * Validates a call's arguments against the declaration and applies defaults.
 * @throws Tau2Error `arguments`, naming each missing, unknown or wrong argument, and what would be right.
 */
export function parseToolArguments(tool: Pick<Tool, "name" | "parameters">, args: unknown): Record<string, unknown> {
  const parsed = tool.parameters.safeParse(args);
  if (parsed.success) {
    declareNumberKinds(tool.parameters, args);
    copyNumberKinds(args, parsed.data);
    return parsed.data;
  }
  throw new Tau2Error("arguments", `${tool.name}: ${parsed.error.issues.map((issue) => formatIssue(issue, tool, args)).join("; ")}`);
}

/** Gives the numbers of a program's arguments their declared kinds, so that records of the call have the numbers that its answer had. */
function declareNumberKinds(schema: z.ZodType, value: unknown): void {
  if (typeof value !== "object" || value === null || hasNumberKinds(value)) return;
  const inner = unwrap(schema);
  const getSchema = (key: string): z.ZodType => {
    const declared: unknown = inner instanceof z.ZodObject ? inner.shape[key] : inner instanceof z.ZodArray ? inner.element : undefined;
    return declared instanceof z.ZodType ? declared : z.unknown();
  };
  const floats: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    const field = unwrap(getSchema(key));
    if (Number.isInteger(item) && field instanceof z.ZodNumber && !isInteger(field)) floats.push(key);
    declareNumberKinds(field, item);
  }
  setFloatKeys(value, floats);
}

function formatIssue(issue: z.core.$ZodIssue, tool: Pick<Tool, "parameters">, args: unknown): string {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    const known = Object.keys(tool.parameters.shape);
    const names = issue.keys.map((key) => `'${key}'`).join(", ");
    return `unknown argument ${names}; ${known.length > 0 ? `it takes ${known.join(", ")}` : "it does not take arguments"}`;
  }
  const place = formatPath(issue.path);
  if (place === "") return `arguments must be an object, got ${getTypeName(args)}`;
  if (issue.code === "invalid_type" && getValue(args, issue.path) === undefined) {
    return `argument '${place}' is missing (${issue.expected})`;
  }
  return `argument '${place}': ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

/** Formats a path, as in `flights[0].date`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

function getValue(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isRecord(at) || Array.isArray(at) ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

function getTypeName(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
