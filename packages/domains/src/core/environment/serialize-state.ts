import { isRecord, parseOrderedJson, toPlainKey, hasKey, getKeys, getValue } from "../json/json.ts";
import { pyJsonDumps } from "../python.ts";
import type { EnvironmentConfig, EnvironmentState } from "./execute-tool-call.ts";
import { getErrorMessage, Tau2Error } from "../errors.ts";
import { parseData } from "../schema/schema.ts";
import { deepFreeze } from "../state/deep-freeze.ts";
import type { AgentDb, Domain, UserDb } from "../domain/domain.ts";
import { z } from "zod";

/** @internal The value, with every part that equals its counterpart in `base` (order of keys included) replaced by the counterpart itself. */
export function shareUnchanged(base: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    if (!Array.isArray(base)) return value;
    const items = value.map((item, i) => shareUnchanged(base[i], item));
    return items.length === base.length && items.every((item, i) => item === base[i]) ? base : items;
  }
  if (!isRecord(value) || !isRecord(base) || value instanceof Map !== base instanceof Map) return value;
  const keys = getKeys(value);
  const entries = keys.map((key): [string, unknown] => [
    key,
    shareUnchanged(hasKey(base, key) ? getValue(base, key) : undefined, getValue(value, key)),
  ]);
  const baseKeys = getKeys(base);
  if (keys.length === baseKeys.length && entries.every(([key, item], i) => key === baseKeys[i] && item === getValue(base, key)))
    return base;
  return value instanceof Map ? new Map(entries) : Object.fromEntries(entries);
}

/** A state outside of the process: in a file, in a store, on the way to another machine. */

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
 * A state as JSON: both databases in the shape of data files, notes, ids given out, and the domain and data that it began from.
 * {@link deserializeState} reads it back. `indent` is in spaces; left out, everything is on one line.
 */
export function serializeState<D extends Domain>(
  { domain, data }: Origin<D>,
  state: EnvironmentState<AgentDb<D>, UserDb<D>>,
  { indent = null }: { indent?: number | null } = {},
): string {
  const { issued, notes, agent, user } = state;
  // Not by the schemas: they print what models are shown, where dates and a few figures look unlike the stored ones.
  return pyJsonDumps({ version: 1, domain: domain.name, source: data.source, issued, notes, agent, user }, { indent });
}

/**
 * The state that {@link serializeState} wrote, maps in their order. What is as in the setup's data is shared with it, so that many states cost little.
 * @throws Tau2Error `invalid` for a text that is no state, or one of another domain or of other data, naming what is wrong.
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
    return { value: JSON.parse(text), ordered: isRecord(ordered) ? ordered : {} };
  } catch (cause) {
    throw new Tau2Error("invalid", text.trim() === "" ? "the state is empty" : `the state is not JSON: ${getErrorMessage(cause)}`, {
      cause,
    });
  }
}

/** The value with the entries of its maps in the order that the text has: JavaScript's objects, which they came from, put integer-like keys first. */
function restoreKeyOrder(value: unknown, ordered: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(ordered) ? value.map((item, i) => restoreKeyOrder(item, ordered[i])) : value;
  if (!isRecord(value) || !isRecord(ordered)) return value;
  const byKey = new Map(Object.entries(ordered).map(([key, item]) => [toPlainKey(key), item]));
  if (value instanceof Map) {
    const map = value as Map<string, unknown>;
    return new Map([...byKey].filter(([key]) => map.has(key)).map(([key, item]) => [key, restoreKeyOrder(map.get(key), item)]));
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restoreKeyOrder(item, byKey.get(key))]));
}
