import type { JsonObject, Tool } from "@tau2/domains";
import {
  didYouMean,
  findFloatKeys,
  isRecord,
  parseJson,
  rememberNumberKinds,
  setFloatKeys,
  toParametersSchema,
} from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";

/** A JSON schema's type in a few words: `string | null`, `list of integer`. */
export function formatType(schema: unknown): string {
  if (!isRecord(schema)) return "any";
  const { type, items } = schema;
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(options)) return options.map(formatType).join(" | ");
  if (type === "array") return `list of ${formatType(items)}`;
  return Array.isArray(type) ? type.join(" | ") : typeof type === "string" ? type : "any";
}

/**
 * A tool's arguments from words such as `--user_id x`, `--user_id=x`, `--flights '[…]'`: texts where the tool takes texts, JSON elsewhere.
 * @throws UsageError for a word that does not belong to an argument, an unknown argument, or a value that is not JSON.
 */
export function parseToolArguments(tool: Pick<Tool, "name" | "parameters">, words: readonly string[]): JsonObject {
  const { properties } = toParametersSchema(tool.parameters);
  const known = isRecord(properties) ? properties : {};
  const args: JsonObject = {};
  const written: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const [flag, inline] = split(word);
    if (!flag.startsWith("--")) throw new UsageError(`'${word}' belongs to no argument; write --NAME VALUE, or --args '{…}'`);
    const name = argumentName(flag.slice(2), known);
    if (name === undefined) {
      const names = Object.keys(known);
      throw new UsageError(
        `${tool.name} does not have an argument '${flag.slice(2)}'${didYouMean(flag.slice(2), names) || `; it takes ${names.join(", ") || "no arguments"}`}`,
      );
    }
    const next = words[i + 1];
    const text = inline ?? (next === undefined || next.startsWith("--") ? undefined : words[++i]);
    args[name] = parseValue(name, known[name], text);
    if (typeof args[name] === "number" && text !== undefined) written.push(`${JSON.stringify(name)}:${text}`);
  }
  setFloatKeys(args, findFloatKeys(parseJson(`{${written.join(",")}}`) as object) ?? []);
  return args;
}

function split(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function argumentName(given: string, known: Readonly<Record<string, unknown>>): string | undefined {
  return [given, given.replaceAll("-", "_")].find((name) => Object.hasOwn(known, name));
}

function parseValue(name: string, schema: unknown, text: string | undefined): JsonObject[string] {
  if (text === undefined) {
    if (takes(schema, "boolean")) return true;
    throw new UsageError(`--${name} needs a value`);
  }
  if (takes(schema, "string") && !takes(schema, "array")) return text;
  try {
    const value = parseJson(text) as JsonObject[string];
    rememberNumberKinds(value);
    return value;
  } catch {
    throw new UsageError(`--${name} takes JSON (${formatType(schema)}), got: ${text}`);
  }
}

function takes(schema: unknown, type: string): boolean {
  if (!isRecord(schema)) return false;
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(options)) return options.some((option) => takes(option, type));
  if (Array.isArray(schema["enum"])) return type === "string" && schema["enum"].some((value) => typeof value === "string");
  return Array.isArray(schema["type"]) ? schema["type"].includes(type) : schema["type"] === type;
}
