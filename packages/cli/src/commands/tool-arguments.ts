import { didYouMean, isRecord, toParametersSchema } from "@tau2/domains/internal";
import type { JsonObject, Tool } from "@tau2/domains";
import { UsageError } from "../cli-error.ts";
import { typeText } from "./type-text.ts";

/**
 * A tool's arguments from words such as `--user_id x`, `--user_id=x`, `--flights '[…]'`: texts where the tool takes texts, JSON elsewhere.
 * @throws UsageError for a word that belongs to no argument, an argument that the tool does not know, or a value that is no JSON.
 */
export function toolArguments(tool: Pick<Tool, "name" | "parameters">, words: readonly string[]): JsonObject {
  const { properties } = toParametersSchema(tool.parameters);
  const known = isRecord(properties) ? properties : {};
  const args: JsonObject = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    const [flag, inline] = split(word);
    if (!flag.startsWith("--")) throw new UsageError(`'${word}' belongs to no argument; write --NAME VALUE, or --args '{…}'`);
    const name = argumentName(flag.slice(2), known);
    if (name === undefined) {
      const names = Object.keys(known);
      throw new UsageError(
        `${tool.name} has no argument '${flag.slice(2)}'${didYouMean(flag.slice(2), names) || `; it takes ${names.join(", ") || "none"}`}`,
      );
    }
    const next = words[i + 1];
    const text = inline ?? (next === undefined || next.startsWith("--") ? undefined : words[++i]);
    args[name] = valueOf(name, known[name], text);
  }
  return args;
}

function split(word: string): [string, string | undefined] {
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function argumentName(given: string, known: Readonly<Record<string, unknown>>): string | undefined {
  return [given, given.replaceAll("-", "_")].find((name) => Object.hasOwn(known, name));
}

function valueOf(name: string, schema: unknown, text: string | undefined): JsonObject[string] {
  if (text === undefined) {
    if (takes(schema, "boolean")) return true;
    throw new UsageError(`--${name} needs a value`);
  }
  if (takes(schema, "string") && !takes(schema, "array")) return text;
  try {
    return JSON.parse(text) as JsonObject[string];
  } catch {
    throw new UsageError(`--${name} takes JSON (${typeText(schema)}), and this is none: ${text}`);
  }
}

function takes(schema: unknown, type: string): boolean {
  if (!isRecord(schema)) return false;
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(options)) return options.some((option) => takes(option, type));
  if (Array.isArray(schema["enum"])) return type === "string" && schema["enum"].some((value) => typeof value === "string");
  return Array.isArray(schema["type"]) ? schema["type"].includes(type) : schema["type"] === type;
}
