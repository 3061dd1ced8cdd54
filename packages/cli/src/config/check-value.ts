import { z } from "zod";
import { type Option, toFlagName, type OptionTable, type ValuesOf } from "./option.ts";
import { UsageError } from "../errors.ts";
import { findSecretFault } from "./secret-arguments.ts";

/** Returns the fault of an option's value, as the end of a sentence; null for a good value, which comes back as commands use it. */
export function checkValue(key: string, option: Option, value: unknown): { value: unknown } | { problem: string } {
  const secret = option.kind === "object" ? findSecretFault(key, value) : null;
  if (secret !== null) return { problem: secret };
  const parsed = getSchema(option).safeParse(value);
  if (parsed.success) return { value: parsed.data };
  return { problem: `must be ${wanted(option)}${option.secret ? "" : `, not ${JSON.stringify(value)}`}` };
}

function getSchema(option: Option): z.ZodType {
  const { min = Number.NEGATIVE_INFINITY, choices, nullable } = option;
  const kinds = {
    text: choices ? z.enum(choices) : z.string().min(1),
    integer: z.int().min(min),
    number: z.number().min(min),
    switch: z.boolean(),
    object: z.record(z.string(), z.json()),
    // Ids are often numbers, and YAML reads them as such.
    list: z.array(z.union([z.string(), z.number()]).transform(String)).min(1),
  } satisfies Record<Option["kind"], z.ZodType>;
  const schema: z.ZodType = kinds[option.kind];
  return nullable ? schema.nullable() : schema;
}

function wanted({ kind, min, choices, nullable }: Option): string {
  const kinds = {
    text: choices ? `one of ${choices.join(", ")}` : "a text",
    integer: "a whole number",
    number: "a number",
    switch: "true or false",
    object: "a mapping of names to values",
    list: "a list of texts",
  };
  return `${kinds[kind]}${min === undefined ? "" : ` of at least ${min}`}${nullable ? ", or none" : ""}`;
}

/** The options that were given on the command line, checked. @throws UsageError naming every one that is wrong */
export function checkGiven<T extends OptionTable>(options: T, given: ValuesOf<T>): [key: string, value: unknown][] {
  const checked = Object.entries(given).map(([key, value]) => [key, checkValue(key, options[key]!, value)] as const);
  const problems = checked.flatMap(([key, result]) => ("problem" in result ? [`${toFlagName(key)} ${result.problem}`] : []));
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return checked.flatMap(([key, result]): [string, unknown][] => ("value" in result ? [[key, result.value]] : []));
}
