import { expect, test } from "vitest";
import { z } from "zod";
import { defineDomain } from "../domain/domain.ts";
import { parseInlineData } from "../domain/domain-data.ts";
import { Environment } from "./environment.ts";
import { createEnvironmentConfig } from "./execute-tool-call.ts";
import { ToolError } from "../errors.ts";
import type { Message } from "../task/message.ts";
import { createToolFactory } from "../tool/tool.ts";

interface Shop {
  stock: number;
  log: string[];
}
interface Phone {
  beeps: number;
}

const tool = createToolFactory<Shop>();
const none = z.strictObject({});
const shop = defineDomain({
  name: "shop",
  solo: true,
  agent: {
    database: z.strictObject({ stock: z.int(), log: z.array(z.string()) }),
    tools: [
      tool({
        name: "sell",
        kind: "write",
        description: "Sell some.",
        parameters: z.strictObject({ count: z.int() }),
        result: z.string(),
        run({ db, newId }, { count }) {
          db.log.push(`sale ${newId()}`);
          if (count > db.stock) throw new ToolError("Not enough in stock");
          db.stock -= count;
          return "Sold";
        },
      }),
      tool({
        name: "count_stock",
        kind: "read",
        description: "Count.",
        parameters: none,
        result: z.string(),
        run: ({ db }) => `${db.stock} left`,
      }),
      tool({
        name: "break_down",
        kind: "write",
        description: "Has a fault.",
        parameters: none,
        result: z.string(),
        run({ db }) {
          db.stock = -1;
          throw new TypeError("oops");
        },
      }),
    ],
    functions: [
      tool({ name: "is_sold_out", kind: "read", description: "", parameters: none, result: z.boolean(), run: ({ db }) => db.stock === 0 }),
    ],
  },
  user: {
    database: z.strictObject({ beeps: z.int() }),
    tools: [
      createToolFactory<Phone>()({
        name: "look",
        kind: "read",
        description: "Look.",
        parameters: none,
        result: z.string(),
        run: ({ db }) => `${db.beeps} beeps`,
      }),
    ],
  },
  sync({ agent, user }) {
    user.beeps = agent.log.length;
  },
  data: () => ({ db: { stock: 2, log: [] }, userDb: { beeps: 0 }, policy: "Sell.", soloPolicy: "Sell alone." }),
});

const make = (solo = false) =>
  new Environment(createEnvironmentConfig(shop, parseInlineData(shop, shop.data!()), { solo, newId: (n) => String(n) }));

test("a call returns the text of the result and changes the state", () => {
  const env = make();
  expect(env.call("sell", { count: 1 })).toMatchObject({ content: "Sold", error: false, requestor: "assistant" });
  expect(env.db.stock).toBe(1);
});

test("a refused call keeps the changes before the refusal", () => {
  const env = make();
  expect(env.call("sell", { count: 3 })).toMatchObject({ content: "Error: Not enough in stock", error: true });
  expect(env.db).toEqual({ stock: 2, log: ["sale 1"] });
});

test("a bug in a tool becomes an answer, and the state does not change", () => {
  const env = make();
  expect(env.call("break_down")).toMatchObject({ content: "Error: break_down failed inside: oops", error: true });
  expect(env.db.stock).toBe(2);
});

test.each([
  ["a missing argument", {}, /count.*missing/],
  ["a wrong kind", { count: "two" }, /count.*number/],
  ["an unknown argument", { count: 1, colour: "red" }, /unknown argument 'colour'; it takes count/],
])("the answer to a call names %s", (_, args, text) => {
  const env = make();
  const before = env.snapshot();
  expect(env.call("sell", args as never).content).toMatch(text);
  expect(env.snapshot()).toBe(before);
});

test("each side calls only its own tools", () => {
  const env = make();
  const untyped: Environment = env;
  expect(untyped.call("look").content).toBe("Error: Tool 'look' not found.");
  expect(untyped.call("sell", { count: 1 }, "user").content).toBe("Error: Tool 'sell' not found.");
  expect(env.call("look", {}, "user").content).toBe("0 beeps");
});

test("in solo mode the agent calls the tools of both sides, and the user none", () => {
  const env: Environment = make(true);
  expect(env.policy).toBe("Sell alone.");
  expect(env.call("look").content).toBe("0 beeps");
  expect(env.call("look", {}, "user").content).toBe("Error: User tool calls are not allowed in solo mode");
  expect(env.tools().map((declared) => declared.function.name)).toEqual(["sell", "count_stock", "break_down", "look"]);
});

test("functions can be called by assertions, not by models", () => {
  const env = make();
  expect((env as Environment).call("is_sold_out").content).toBe("Error: Tool 'is_sold_out' not found.");
  const soldOut = { env_type: "assistant" as const, func_name: "is_sold_out", arguments: {}, assert_value: true, message: null };
  expect(env.check(soldOut)).toBe(false);
  env.call("sell", { count: 2 });
  expect(env.check(soldOut)).toBe(true);
});

test("the databases are synced after a call only if it succeeds", () => {
  const env = make();
  env.call("sell", { count: 9 });
  expect(env.userDb.beeps).toBe(0);
  env.call("count_stock");
  expect(env.userDb.beeps).toBe(1);
});

test("a snapshot does not change, and forks are independent", () => {
  const env = make();
  const before = env.snapshot();
  const branch = env.fork();
  env.call("sell", { count: 2 });
  branch.call("sell", { count: 1 });
  expect([env.db.stock, branch.db.stock]).toEqual([0, 1]);
  env.restore(before);
  expect(env.db.stock).toBe(2);
});

test("the diff of an environment names each change by its path", () => {
  const env = make();
  env.call("sell", { count: 1 });
  expect(env.diff()).toEqual({
    agent: [
      { path: ["log"], op: "replace", value: ["sale 1"] },
      { path: ["stock"], op: "replace", value: 1 },
    ],
    user: [{ path: ["beeps"], op: "replace", value: 1 }],
  });
});

test.each([
  ["has loaded", 0],
  ["has sold from", 1],
])("a database that an environment %s is frozen", (_, count) => {
  const env = make();
  if (count > 0) env.call("sell", { count });
  expect(() => {
    env.db.stock = 7;
  }).toThrow(TypeError);
  expect(() => env.db.log.push("not sold")).toThrow(TypeError);
});

test("a rule that returns a promise is refused", () => {
  const later = createToolFactory<Shop>()({
    name: "ask",
    kind: "read",
    description: "",
    parameters: none,
    result: z.unknown(),
    run: async () => "later",
  });
  const slow = defineDomain({ name: "slow", agent: { database: shop.agent.database, tools: [later] }, data: shop.data! });
  const env = new Environment(createEnvironmentConfig(slow, parseInlineData(slow, slow.data!())));
  expect(env.call("ask")).toMatchObject({ content: expect.stringMatching(/ask failed inside: .*synchronous/), error: true });
});

test("resetting to a task without an initial state restores the data", () => {
  const env = make();
  env.call("sell", { count: 1 });
  env.reset(null);
  expect(env.db.stock).toBe(2);
});

test("generated ids are the same in every environment, so that recorded calls replay", () => {
  const setup = createEnvironmentConfig(shop, parseInlineData(shop, shop.data!()));
  const env = new Environment(setup);
  const history = [1, 1].flatMap((count, i): Message[] => {
    const call = { id: `c${i}`, name: "sell", arguments: { count }, requestor: "assistant" as const };
    return [{ role: "assistant", content: null, tool_calls: [call] }, env.execute(call)];
  });
  const ids = env.db.log.map((line) => line.replace("sale ", ""));
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}$/);
  env.reset({ message_history: history });
  expect(env.db.log.map((line) => line.replace("sale ", ""))).toEqual(ids);
});
