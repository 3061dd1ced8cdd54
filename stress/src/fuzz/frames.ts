import type { Draws } from "../draws.ts";

/** A message over a WebSocket, in the fragments in which it is sent. */
export interface Message {
  /** Mutation of the message. */
  kind: string;
  fragments: readonly (string | Buffer)[];
}

const task = { task_id: "create_with_title", domain: "mock" };

/** Messages of clients. */
const valid: readonly object[] = [
  { type: "reset", data: { ...task, seed: 7, metadata: { by: "fuzz" }, episode_id: "e" } },
  { type: "step", data: { text: "get_users()", metadata: {} } },
  { type: "step", data: { content: "Hello.", tool_calls: null } },
  { type: "step", data: { tool_calls: [{ id: "c", name: "create_task", arguments: { user_id: "user_1", title: "Milk" } }] } },
  { type: "step", data: { tool_calls: [{ id: "c", type: "function", function: { name: "get_users", arguments: "{}" } }] } },
  { type: "step", data: { type: "call_tool", tool_name: "respond_user", arguments: { text: "Hello." } } },
  { type: "step", data: { type: "list_tools" } },
  { type: "state" },
  { type: "mcp", data: { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "get_users", arguments: {} } } },
  { type: "mcp", data: { jsonrpc: "2.0", id: "a", method: "tools/list" } },
  { type: "mcp", data: { jsonrpc: "2.0", id: null, method: "openenv/session/create", params: task } },
];

/** Values that stand where others should. */
const oddScalars: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  0.1,
  "",
  "\u0000",
  "\ud800",
  "🚀".repeat(100),
  "a".repeat(100_000),
];
const odd: readonly unknown[] = [...oddScalars, [], {}, [[]], [null], { constructor: {} }, { toString: 1 }];

const makers: Readonly<Record<string, (draws: Draws) => string | Buffer>> = {
  "as clients send them": (draws) => JSON.stringify(draws.of(valid)),
  "a value replaced": (draws) => JSON.stringify(replaced(draws.of(valid), draws)),
  "cut off": (draws) => cut(JSON.stringify(draws.of(valid)), draws),
  "characters changed": (draws) => changed(JSON.stringify(draws.of(valid)), draws),
  "an unknown type": (draws) => JSON.stringify({ type: draws.of(["", "STEP", "launch", "constructor", "__proto__"]), data: {} }),
  "any text": (draws) => Array.from({ length: draws.below(60) }, () => String.fromCodePoint(draws.below(0xd800))).join(""),
  "very deep": (draws) => draws.of(["[", '{"data":', '{"type":"step","data":[']).repeat(10_000),
  "very long": (draws) => JSON.stringify({ type: "step", data: { text: "x".repeat(draws.below(2_000_000)) } }),
  binary: (draws) => Buffer.from(Array.from({ length: draws.below(200) }, () => draws.below(256))),
};

/** The next message that a hostile client sends. */
export function messageFor(draws: Draws): Message {
  const kind = draws.chance(0.3) ? "as clients send them" : draws.of(Object.keys(makers));
  const data = makers[kind]!(draws);
  const at = draws.below(data.length + 1);
  const fragments = draws.chance(0.2) ? [data.slice(0, at), data.slice(at)] : [data];
  return { kind, fragments };
}

/** The same with an odd value somewhere in it. */
function replaced(value: unknown, draws: Draws): unknown {
  if (typeof value !== "object" || value === null || draws.chance(0.2)) return draws.of(odd);
  const keys = Object.keys(value);
  if (draws.chance(0.1)) return { ...value, [draws.of(["extra", "__proto__", "constructor"])]: draws.of(odd) };
  const key = draws.of(keys);
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) return value.map((item: unknown) => replaced(item, draws));
  return { ...value, [key]: replaced(inner, draws) };
}

function cut(text: string, draws: Draws): string {
  return text.slice(0, draws.below(text.length));
}

function changed(text: string, draws: Draws): string {
  const at = draws.below(text.length);
  return text.slice(0, at) + String.fromCodePoint(draws.below(256)) + text.slice(at + 1 + draws.below(3));
}
