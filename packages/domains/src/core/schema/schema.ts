import { z } from "zod";
import { isRecord, toPlainKey } from "../json/json.ts";
import { Tau2Error } from "../errors.ts";

/**
 * The vocabulary of database and result schemas. What zod says natively is used as it is: `z.number()` is a float (printed `100.0`),
 * `z.int()` an integer (printed `100`), `z.object` a record with a fixed field order. This file adds what zod lacks.
 */

/** A field that may be null and is null when left out, as the reference stores unset optional fields. */
export function optional<T extends z.ZodType>(schema: T): z.ZodDefault<z.ZodNullable<T>> {
  return schema.nullable().default(null as never);
}

/** A calendar date, `2025-01-31`. */
export const date = (): z.ZodISODate => z.iso.date();

/** A local date and time. Stored as `2025-01-31T10:30:00`, printed with a space (docs/spec/core.md#2-4). */
export const datetime = (): z.ZodISODateTime => z.iso.datetime({ local: true });

/** A map from id to record, in an object: for keys whose order nobody prints (ids with letters keep their order anyway). */
export function mapOf<T extends z.ZodType>(value: T): z.ZodType<Record<string, z.output<T>>, Record<string, z.input<T>>> {
  const schema = z.preprocess(unmarkKeys, z.record(z.string(), value)) as never;
  containers.set(schema, { kind: "record", value });
  return schema;
}

/** A map whose printed order is the order of insertion even where keys look like integers: a `Map` in memory, an object in files. */
export function orderedMap<T extends z.ZodType>(
  value: T,
): z.ZodType<Map<string, z.output<T>>, Record<string, z.input<T>> | Map<string, z.input<T>>> {
  const schema = z.preprocess(entriesToMap, z.map(z.string(), value)) as never;
  containers.set(schema, { kind: "map", value });
  return schema;
}

/**
 * A result that the reference builds as a plain dictionary, not as a record: its numbers and booleans become strings on the wire (docs/spec/core.md#2-4).
 */
export function dict<S extends z.ZodRawShape>(shape: S): z.ZodObject<S> {
  const schema = z.object(shape);
  dicts.add(schema);
  return schema;
}

/**
 * A record some of whose fields print in a way that their declaration does not say: `texts` gives the JSON text of those fields for a value.
 * For oddities of the reference only.
 */
export function printedAs<T extends z.ZodObject>(schema: T, texts: (value: z.output<T>) => Record<string, string>): T {
  printedFields.set(schema, texts as never);
  return schema;
}

/** @internal What {@link printedAs} was told. */
export const printedFields = getSharedRegistry("odd_texts", () => new WeakMap<z.ZodType, (value: unknown) => Record<string, string>>());

/** @internal How {@link mapOf} and {@link orderedMap} tell the writer what they are. */
export const containers = getSharedRegistry("containers", () => new WeakMap<z.ZodType, { kind: "record" | "map"; value: z.ZodType }>());

/** @internal Schemas made by {@link dict}. */
export const dicts = getSharedRegistry("dicts", () => new WeakSet<z.ZodType>());

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

// A domain may be built with another copy of this package (ESM beside CJS, two versions) than the one that runs it: all copies share these.
function getSharedRegistry<T>(name: string, make: () => T): T {
  const registries = globalThis as unknown as Record<symbol, T | undefined>;
  return (registries[Symbol.for(`tau2.schema.${name}`)] ??= make());
}

/** Parses a value from outside. @throws Tau2Error `invalid` naming the first places that are wrong. */
export function parseData<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join(".") || "(root)"}: ${issue.message}`);
  const more = parsed.error.issues.length - issues.length;
  throw new Tau2Error("invalid", `${what} is not valid: ${issues.join("; ")}${more > 0 ? `; and ${more} more` : ""}`);
}
