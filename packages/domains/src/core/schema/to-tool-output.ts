import { z } from "zod";
import { Tau2Error } from "../errors.ts";
import { toAsciiJsonString } from "../json/json.ts";
import { compareCodePoints, toJsonFloat, pyJsonDumps, pyFloat, pyNumber } from "../python.ts";
import { getStoredFloats } from "../json/number-kinds.ts";
import { containers, dicts, isInteger, printedFields, unwrap } from "./schema.ts";

/**
 * Text of values with a schema. Writers are compiled from schemas once, so that every number prints by its declared kind and every
 * record in its declared field order (docs/spec/core.md#0-1, #2-4).
 */

type Writer = (value: never) => string;

/** Returns the text of a tool's result for a model: strings unchanged, other values as JSON. */
export function toToolOutput(schema: z.ZodType, value: unknown): string {
  return typeof value === "string" ? value : writeOutsideRecord(schema, value);
}

/** Returns the JSON text of a database or record, with fields in declared order. */
export function toRecordJson(schema: z.ZodType, value: unknown): string {
  return getWriter(schema, false)(value as never);
}

/** Returns the JSON text with all keys sorted by code point, which is the input of the database hash. */
export function toCanonicalJson(schema: z.ZodType, value: unknown): string {
  return getWriter(schema, true)(value as never);
}

// Outside of records tau2-bench turns numbers and booleans into strings, also in lists and dictionaries (docs/spec/core.md#2-4).
function writeOutsideRecord(schema: z.ZodType, value: unknown): string {
  const inner = unwrap(schema);
  if (value === null || value === undefined) return "null";
  if (typeof value === "number") return toAsciiJsonString(isInteger(inner) ? pyNumber(value) : pyFloat(value));
  if (typeof value === "boolean") return value ? '"True"' : '"False"';
  if (typeof value === "string") return toAsciiJsonString(value);
  if (inner instanceof z.ZodArray) {
    return joinList((value as unknown[]).map((item) => writeOutsideRecord(inner.element as z.ZodType, item)));
  }
  if (inner instanceof z.ZodTuple) {
    const items = inner.def.items as readonly z.ZodType[];
    return joinList((value as unknown[]).map((item, i) => writeOutsideRecord(items[i] ?? z.unknown(), item)));
  }
  if (inner instanceof z.ZodObject && dicts.has(inner)) {
    const shape = inner.shape as Record<string, z.ZodType>;
    return joinObject(
      Object.keys(shape).map((key) => [key, writeOutsideRecord(shape[key] ?? z.unknown(), (value as Record<string, unknown>)[key])]),
    );
  }
  const container = containers.get(inner);
  if (container) return joinObject(toEntries(value).map(([key, item]) => [key, writeOutsideRecord(container.value, item)]));
  if (inner instanceof z.ZodUnion) return writeOutsideRecord(findOption(inner, value), value);
  return getWriter(inner, false)(value as never);
}

const compiled = { plain: new WeakMap<z.ZodType, Writer>(), sorted: new WeakMap<z.ZodType, Writer>() };

function getWriter(schema: z.ZodType, sorted: boolean): Writer {
  const cache = sorted ? compiled.sorted : compiled.plain;
  let writer = cache.get(schema);
  if (!writer) {
    writer = compile(schema, sorted);
    cache.set(schema, writer);
  }
  return writer;
}

function compile(schema: z.ZodType, sorted: boolean): Writer {
  const inner = unwrap(schema);
  if (inner !== schema) {
    const write = getWriter(inner, sorted);
    return (value: unknown) => (value === null || value === undefined ? "null" : write(value as never));
  }
  const container = containers.get(schema);
  if (container) return compileContainer(container.value, sorted);
  if (schema instanceof z.ZodObject) return compileObject(schema, sorted);
  if (schema instanceof z.ZodArray) {
    const write = getWriter(schema.element as z.ZodType, sorted);
    return (value: unknown[]) => joinList(value.map((item) => write(item as never)));
  }
  if (schema instanceof z.ZodTuple) {
    const writers = (schema.def.items as readonly z.ZodType[]).map((item) => getWriter(item, sorted));
    return (value: unknown[]) => joinList(value.map((item, i) => writers[i]?.(item as never) ?? "null"));
  }
  if (schema instanceof z.ZodDiscriminatedUnion) return compileDiscriminated(schema, sorted);
  if (schema instanceof z.ZodUnion) return (value: unknown) => getWriter(findOption(schema, value), sorted)(value as never);
  // Adding 0 turns -0 into 0, since integers in Python do not have a negative zero.
  if (isInteger(schema)) return (value: number) => pyNumber(value + 0);
  if (schema instanceof z.ZodNumber) return (value: number) => toJsonFloat(value);
  if (schema instanceof z.ZodISODateTime) return (value: string) => `"${value.replace("T", " ")}"`;
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum || schema instanceof z.ZodISODate) {
    return (value: string) => toAsciiJsonString(value);
  }
  if (schema instanceof z.ZodBoolean) return (value: boolean) => (value ? "true" : "false");
  return (value: unknown) => pyJsonDumps(value, { sortKeys: sorted });
}

function compileContainer(value: z.ZodType, sorted: boolean): Writer {
  const write = getWriter(value, sorted);
  return (map: object) => {
    const pairs = toEntries(map);
    if (sorted) pairs.sort(([a], [b]) => compareCodePoints(a, b));
    return joinObject(pairs.map(([key, item]) => [key, write(item as never)]));
  };
}

function compileObject(schema: z.ZodObject, sorted: boolean): Writer {
  const shape = schema.shape as Record<string, z.ZodType>;
  const odd = printedFields.get(schema);
  const keys = Object.keys(shape);
  if (sorted) keys.sort(compareCodePoints);
  const fields = keys.map((key) => {
    const field = shape[key] ?? z.unknown();
    const write = getWriter(field, sorted);
    return { key, label: `${toAsciiJsonString(key)}: `, write };
  });
  return (value: Record<string, unknown>) => {
    const oddly = odd?.(value);
    const floats = getStoredFloats(value);
    let text = "{";
    for (let i = 0; i < fields.length; i++) {
      const { key, label, write } = fields[i]!;
      const item = value[key];
      text +=
        (i > 0 ? ", " : "") +
        label +
        (oddly?.[key] ??
          (floats.includes(key) ? toJsonFloat(item as number) : item === undefined || item === null ? "null" : write(item as never)));
    }
    return `${text}}`;
  };
}

function compileDiscriminated(schema: z.ZodDiscriminatedUnion, sorted: boolean): Writer {
  const key = schema.def.discriminator;
  const writers = new Map<unknown, Writer>();
  for (const option of schema.options as readonly z.ZodObject[]) {
    const literal = (option.shape as Record<string, z.ZodType>)[key];
    if (literal instanceof z.ZodLiteral) for (const value of literal.values) writers.set(value, getWriter(option, sorted));
  }
  return (value: Record<string, unknown>) => {
    const write = writers.get(value[key]);
    if (!write) throw new Tau2Error("invalid", `cannot write a record whose ${key} is ${JSON.stringify(value[key])}`);
    return write(value as never);
  };
}

function findOption(schema: z.ZodUnion, value: unknown): z.ZodType {
  const options = schema.options as readonly z.ZodType[];
  return options.find((option) => option.safeParse(value).success) ?? z.unknown();
}

function toEntries(value: object): [string, unknown][] {
  return value instanceof Map ? [...(value as Map<string, unknown>)] : Object.entries(value);
}

function joinList(items: string[]): string {
  return `[${items.join(", ")}]`;
}

function joinObject(pairs: [string, string][]): string {
  return `{${pairs.map(([key, text]) => `${toAsciiJsonString(key)}: ${text}`).join(", ")}}`;
}
