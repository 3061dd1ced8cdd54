import type { TypedFlagParameter } from "@stricli/core";
import { parseJson, rememberNumberKinds } from "@tau2/domains/internal";
import type { CliContext } from "../io.ts";
import type { Option, OptionTable, OptionValue, ValuesOf } from "./option.ts";

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : S;

/** A table's options as the parser hands them to a command: `numTrials`. */
export type FlagsOf<T extends OptionTable> = { readonly [K in keyof T & string as Camel<K>]?: ValuesOf<T>[K] };

/** Declares a table's options to the parser. None has a default there, so that only those that were given come back. */
export function createFlagParameters<T extends OptionTable>(
  options: T,
): { [K in keyof Required<FlagsOf<T>>]: TypedFlagParameter<FlagsOf<T>[K], CliContext> } {
  return Object.fromEntries(Object.entries(options).map(([key, option]) => [camel(key), parameter(option)])) as never;
}

/** The options that were given on the command line, by their key. */
export function getGivenValues<T extends OptionTable>(options: T, flags: Readonly<Record<string, unknown>>): ValuesOf<T> {
  const given = Object.keys(options)
    .map((key) => [key, flags[camel(key)]] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as ValuesOf<T>;
}

/** `num_trials` as the parser and commands write it: `numTrials`. */
export function camel(key: string): string {
  return key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function parameter(option: Option): unknown {
  const { kind, brief, placeholder = "value", secret = false } = option;
  if (kind === "switch") return { kind: "boolean", optional: true, brief };
  const shared = { kind: "parsed", optional: true, brief, placeholder };
  if (kind === "list") return { ...shared, variadic: secret ? true : ",", parse: (text: string) => text };
  return { ...shared, parse: (text: string) => parseValue(option, text) };
}

/** The value that a text on the command line means; the ranges are checked later, together with those of files. */
function parseValue({ kind, nullable }: Option, text: string): OptionValue {
  if (nullable && /^(none|null)$/i.test(text)) return null;
  switch (kind) {
    case "integer":
    case "number":
      return parseNumber(text, kind === "integer" ? "a whole number" : "a number", nullable ?? false);
    case "object":
      return parseObject(text);
    default:
      return text;
  }
}

function parseNumber(text: string, what: string, nullable: boolean): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) throw new Error(`must be ${what}${nullable ? " or none" : ""}`);
  return value;
}

function parseObject(text: string): { readonly [key: string]: never } {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    value = undefined;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    rememberNumberKinds(value);
    return value as never;
  }
  throw new Error(`must be a JSON object, such as '{"temperature": 0}' (in quotes, so that the shell leaves it alone)`);
}
