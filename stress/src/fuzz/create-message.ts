import type { Random } from "../random.ts";

/** A message over a WebSocket, in the fragments in which it is sent. */
export interface FuzzMessage {
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

const makers: Readonly<Record<string, (random: Random) => string | Buffer>> = {
  "as clients send them": (random) => JSON.stringify(random.pick(valid)),
  "a value replaced": (random) => JSON.stringify(replaceValue(random.pick(valid), random)),
  "cut off": (random) => truncateText(JSON.stringify(random.pick(valid)), random),
  "characters changed": (random) => changeCharacter(JSON.stringify(random.pick(valid)), random),
  "an unknown type": (random) => JSON.stringify({ type: random.pick(["", "STEP", "launch", "constructor", "__proto__"]), data: {} }),
  "any text": (random) => Array.from({ length: random.below(60) }, () => String.fromCodePoint(random.below(0xd800))).join(""),
  "very deep": (random) => random.pick(["[", '{"data":', '{"type":"step","data":[']).repeat(10_000),
  "very long": (random) => JSON.stringify({ type: "step", data: { text: "x".repeat(random.below(2_000_000)) } }),
  binary: (random) => Buffer.from(Array.from({ length: random.below(200) }, () => random.below(256))),
};

/** The next message that a hostile client sends. */
export function createMessage(random: Random): FuzzMessage {
  const kind = random.chance(0.3) ? "as clients send them" : random.pick(Object.keys(makers));
  const data = makers[kind]!(random);
  const at = random.below(data.length + 1);
  const fragments = random.chance(0.2) ? [data.slice(0, at), data.slice(at)] : [data];
  return { kind, fragments };
}

/** The same with an odd value somewhere in it. */
function replaceValue(value: unknown, random: Random): unknown {
  if (typeof value !== "object" || value === null || random.chance(0.2)) return random.pick(odd);
  const keys = Object.keys(value);
  if (random.chance(0.1)) return { ...value, [random.pick(["extra", "__proto__", "constructor"])]: random.pick(odd) };
  const key = random.pick(keys);
  const inner = (value as Record<string, unknown>)[key];
  if (Array.isArray(value)) return value.map((item: unknown) => replaceValue(item, random));
  return { ...value, [key]: replaceValue(inner, random) };
}

function truncateText(text: string, random: Random): string {
  return text.slice(0, random.below(text.length));
}

function changeCharacter(text: string, random: Random): string {
  const at = random.below(text.length);
  return text.slice(0, at) + String.fromCodePoint(random.below(256)) + text.slice(at + 1 + random.below(3));
}
