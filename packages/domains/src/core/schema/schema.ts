import { z } from "zod";
import { isRecord, toPlainKey } from "../json/json.ts";
import { Tau2Error } from "../errors.ts";

/**
 * Schemas of databases and results that zod lacks. Otherwise use zod: `z.number()` is a float (printed `100.0`), `z.int()` an integer
 * (printed `100`), and `z.object` a record with a fixed field order.
 */

/** Returns a schema that accepts null, and reads a missing field as null, like optional fields in tau2-bench. */
export function optional<T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> {
  return schema.nullable().default(null as never);
}

/** Returns a schema for calendar dates, such as `2025-01-31`. */
export const date = (): z.ZodISODate => z.iso.date();

/** Returns a schema for local dates with time. Stored as `2025-01-31T10:30:00`, printed with a space (docs/spec/core.md#2-4). */
export const datetime = (): z.ZodISODateTime => z.iso.datetime({ local: true });

/** Returns a schema for maps from id to record, kept in an object. Use {@link orderedMap} if the ids look like integers and their order is printed. */
export function mapOf<T extends z.ZodType>(value: T): z.ZodType<Record<string, z.output<T>>, Record<string, z.input<T>>> {
  const schema = z.preprocess(unmarkKeys, z.record(z.string(), value)) as never;
  containers.set(schema, { kind: "record", value });
  return schema;
}

/** Returns a schema for maps that print in insertion order even if keys look like integers: a `Map` in memory, an object in files. */
export function orderedMap<T extends z.ZodType>(
  value: T,
): z.ZodType<Map<string, z.output<T>>, Record<string, z.input<T>> | Map<string, z.input<T>>> {
  const schema = z.preprocess(entriesToMap, z.map(z.string(), value)) as never;
  containers.set(schema, { kind: "map", value });
  return schema;
}

/**
 * Returns a schema for results that are plain dictionaries in tau2-bench, not records: their numbers and booleans become strings
 * in the answer (docs/spec/core.md#2-4).
 */
export function dict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  const schema = z.object(shape);
  dicts.add(schema);
  return schema;
}

/**
 * Overrides how some fields of a record print, for exceptions of tau2-bench. `texts` returns the JSON text of those fields for a value.
 * Returns the same schema.
 */
export function printedAs<T extends z.ZodObject>(schema: T, texts: (value: z.output<T>) => Record<string, string>): T {
  printedFields.set(schema, texts as never);
  return schema;
}

/** @internal Fields with a text of their own, by schema. See {@link printedAs}. */
export const printedFields = getSharedRegistry("odd_texts", () => new WeakMap<z.ZodType, (value: unknown) => Record<string, string>>());

/** @internal Kind and value schema of the maps made by {@link mapOf} and {@link orderedMap}. */
export const containers = getSharedRegistry("containers", () => new WeakMap<z.ZodType, { kind: "record" | "map"; value: z.ZodType }>());

/** @internal Schemas made by {@link dict}. */
export const dicts = getSharedRegistry("dicts", () => new WeakSet<z.ZodType>());

/** @internal Returns the schema of the values that are not null: without nullables, defaults, pipes and lazies. */
export function unwrap(schema: z.ZodType): z.ZodType {
  if (containers.has(schema)) return schema;
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodLazy ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodOptional
  ) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema instanceof z.ZodPipe ? unwrap(schema.def.out as z.ZodType) : schema;
}

/** @internal Returns whether a schema is of integers. */
export function isInteger(schema: z.ZodType): boolean {
  return schema instanceof z.ZodNumber && (schema.format?.includes("int") ?? false);
}

function unmarkKeys(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const keys = Object.keys(value);
  if (!keys.some((key) => toPlainKey(key) !== key)) return value;
  return Object.fromEntries(keys.map((key) => [toPlainKey(key), value[key]]));
}

function entriesToMap(value: unknown): unknown {
  if (value instanceof Map || !isRecord(value)) return value;
  return new Map(Object.entries(value).map(([key, item]) => [toPlainKey(key), item]));
}

// Shared by all copies of this package (ESM beside CJS, or two versions): a domain may be built with another copy than the one that runs it.
function getSharedRegistry<T>(name: string, make: () => T): T {
  const registries = globalThis as unknown as Record<symbol, T | undefined>;
  return (registries[Symbol.for(`tau2.schema.${name}`)] ??= make());
}

/** Parses a value with a schema. @throws Tau2Error `invalid`, naming `what` and the first three wrong places. */
export function parseData<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join(".") || "(root)"}: ${issue.message}`);
  const more = parsed.error.issues.length - issues.length;
  throw new Tau2Error("invalid", `${what} is not valid: ${issues.join("; ")}${more > 0 ? `; and ${more} more` : ""}`);
}
