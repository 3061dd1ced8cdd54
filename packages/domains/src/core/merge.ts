import { z } from "zod";
import { isRecord, toPlainKey, type JsonObject } from "./json.ts";
import { parseData } from "./parse-data.ts";
import { containers } from "./schema.ts";

/**
 * A task's partial data merged into a database: objects key by key, everything else replaced, lists too (docs/spec/core.md#3-5).
 * Only what the patch touches is checked and rebuilt; the rest stays the same objects.
 * @throws Tau2Error `invalid` naming the place that does not fit the schema.
 */
export function mergeData<T>(schema: z.ZodType<T>, current: T, patch: JsonObject): T {
  return merge(schema, current, patch, "initialization data") as T;
}

function merge(schema: z.ZodType, current: unknown, patch: unknown, what: string): unknown {
  if (!isRecord(patch) || !isRecord(current)) return parseData(schema, patch, what);
  const container = containers.get(schema);
  if (container) {
    const merged = new Map<string, unknown>(current instanceof Map ? current : Object.entries(current));
    for (const [marked, value] of Object.entries(patch)) {
      const key = toPlainKey(marked);
      merged.set(key, merge(container.value, merged.get(key), value, `${what} ${key}`));
    }
    return container.kind === "map" ? merged : Object.fromEntries(merged);
  }
  if (schema instanceof z.ZodObject) return mergeFields(schema, current, patch, what);
  // Unions and nullables: what the result must be is only known once it is whole.
  return parseData(schema, plainMerge(current, patch), what);
}

function mergeFields(schema: z.ZodObject, current: Record<string, unknown>, patch: Record<string, unknown>, what: string): unknown {
  const unknown = Object.keys(patch).filter((key) => !(key in schema.shape));
  if (unknown.length > 0 && schema.def.catchall instanceof z.ZodNever) {
    parseData(schema, { ...current, ...patch }, what);
  }
  const merged = { ...current };
  for (const [key, field] of Object.entries<z.ZodType>(schema.shape)) {
    if (key in patch) merged[key] = merge(field, current[key], patch[key], `${what} ${key}`);
  }
  return merged;
}

function plainMerge(current: unknown, patch: unknown): unknown {
  if (!isRecord(current) || !isRecord(patch)) return patch;
  const merged: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(patch)) merged[key] = plainMerge(merged[key], value);
  return merged;
}
