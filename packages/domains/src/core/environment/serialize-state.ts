import { findFloatKeys, getStoredFloats, parseJson, withStoredFloats } from "../json/number-kinds.ts";
import { isRecord, parseOrderedJson, toPlainKey, hasKey, getKeys, getValue } from "../json/json.ts";
import { pyJsonDumps } from "../python.ts";
import type { EnvironmentConfig, EnvironmentState } from "./execute-tool-call.ts";
import { getErrorMessage, Tau2Error } from "../errors.ts";
import { parseData } from "../schema/schema.ts";
import { deepFreeze } from "../state/update-state.ts";
import type { AgentDb, Domain, UserDb } from "../domain/domain.ts";
import { z } from "zod";

/** Replaces every part of a value that equals its counterpart in `base`, in the same key order, by the counterpart. */
function shareUnchanged(base: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!Array.isArray(base)) return value;
    const items = value.map((item, i) => shareUnchanged(base[i], item));
    return items.length === base.length && items.every((item, i) => item === base[i]) ? base : items;
  }
  if (!isRecord(value) || !isRecord(base) || value instanceof Map !== base instanceof Map) return value;
  const floats = getStoredFloats(value);
  const keys = getKeys(value);
  const entries = keys.map((key): [string, unknown] => [
    key,
    shareUnchanged(hasKey(base, key) ? getValue(base, key) : undefined, getValue(value, key)),
  ]);
  const baseKeys = getKeys(base);
  if (
    floats.length === 0 &&
    keys.length === baseKeys.length &&
    entries.every(([key, item], i) => key === baseKeys[i] && item === getValue(base, key))
  ) {
    return base;
  }
  return value instanceof Map ? new Map(entries) : withStoredFloats(Object.fromEntries(entries), floats);
}

const layout = z.object({
  version: z.literal(1),
  domain: z.string(),
  source: z.string(),
  issued: z.int().nonnegative(),
  notes: z.record(z.string(), z.json()),
  agent: z.unknown(),
  user: z.unknown(),
});

type Origin<D extends Domain> = Pick<EnvironmentConfig<D>, "domain" | "data">;

/**
 * Converts a state to JSON: both databases in the format of data files, notes, the number of ids, and the names of domain and data.
 * `indent` is the number of spaces per level; by default the JSON is on one line.
 * @example
 * ```ts
 * import { deserializeState, serializeState } from "@tau2/domains";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * const env = loadEnvironment(retail);
 * const text = serializeState(env.config, env.snapshot());
 * env.restore(deserializeState(env.config, text));
 * ```
 */
export function serializeState<D extends Domain>(
  { domain, data }: Origin<D>,
  state: EnvironmentState<AgentDb<D>, UserDb<D>>,
  { indent = null }: { indent?: number | null } = {},
): string {
  const { issued, notes, agent, user } = state;
  // Not by the schemas: those print the text for models, in which dates and a few numbers differ from data files.
  return pyJsonDumps({ version: 1, domain: domain.name, source: data.source, issued, notes, agent, user }, { indent, kinds: "stored" });
}

/**
 * Reads a state that {@link serializeState} wrote. It shares parts that equal the data with it, so many states need little memory.
 * @throws Tau2Error `invalid` if the text is not a state, or is one of another domain or of other data.
 */
export function deserializeState<D extends Domain>({ domain, data }: Origin<D>, text: string): EnvironmentState<AgentDb<D>, UserDb<D>> {
  const { value, ordered } = decodeState(text);
  const content = parseData(layout, value, "the state");
  if (content.domain !== domain.name) throw new Tau2Error("invalid", `the state is of domain ${content.domain}, not of ${domain.name}`);
  if (content.source !== data.source) {
    throw new Tau2Error(
      "invalid",
      `the state began from ${content.source} data, and the data at hand is ${data.source}; name the data that it began from`,
    );
  }
  const side = <Db>(schema: z.ZodType, key: "agent" | "user", loaded: Db): Db => {
    const parsed = parseData(schema, content[key], `the state's ${key} database`);
    restoreStoredFloats(content[key], parsed);
    return deepFreeze(shareUnchanged(loaded, restoreKeyOrder(parsed, ordered[key])) as Db);
  };
  return {
    agent: side(domain.agent.database, "agent", data.db),
    user: (domain.user ? side(domain.user.database, "user", data.userDb) : data.userDb) as UserDb<D>,
    issued: content.issued,
    notes: content.notes,
  };
}

function decodeState(text: string): { value: unknown; ordered: Record<string, unknown> } {
  try {
    const ordered = parseOrderedJson(text);
    return { value: parseJson(text), ordered: isRecord(ordered) ? ordered : {} };
  } catch (cause) {
    throw new Tau2Error("invalid", text.trim() === "" ? "the state is empty" : `the state is not JSON: ${getErrorMessage(cause)}`, {
      cause,
    });
  }
}

/** Restores the order of map entries in the text. They were parsed from JavaScript objects, which put integer-like keys first. */
function restoreKeyOrder(value: unknown, ordered: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(ordered) ? value.map((item, i) => restoreKeyOrder(item, ordered[i])) : value;
  if (!isRecord(value) || !isRecord(ordered)) return value;
  const byKey = new Map(Object.entries(ordered).map(([key, item]) => [toPlainKey(key), item]));
  if (value instanceof Map) {
    const map = value as Map<string, unknown>;
    return new Map([...byKey].filter(([key]) => map.has(key)).map(([key, item]) => [key, restoreKeyOrder(map.get(key), item)]));
  }
  const entries = Object.entries(value).map(([key, item]) => [key, restoreKeyOrder(item, byKey.get(key))] as const);
  return withStoredFloats(Object.fromEntries(entries), getStoredFloats(value));
}

/** Stores the kinds of numbers that the text has as floats: {@link serializeState} writes only those so that a record stores. */
function restoreStoredFloats(from: unknown, to: unknown): void {
  if (Array.isArray(from) && Array.isArray(to)) from.forEach((item, i) => restoreStoredFloats(item, to[i]));
  if (!isRecord(from) || !isRecord(to)) return;
  if (!(to instanceof Map)) withStoredFloats(to, [...(findFloatKeys(from) ?? [])]);
  for (const key of getKeys(to)) restoreStoredFloats(from[key], getValue(to, key));
}
