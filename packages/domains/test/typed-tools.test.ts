import type { Tool } from "ai";
import { describe, expect, expectTypeOf, test } from "vitest";
import { z } from "zod";
import { aiSdkTools } from "../src/adapters/ai-sdk.ts";
import { chatTools, responsesTools } from "../src/adapters/openai.ts";
import { airline, type Reservation } from "../src/airline/index.ts";
import type { Airport, FlightDate } from "../src/airline/schema.ts";
import { builtInDomains } from "../src/built-in.ts";
import { loadEnvironment } from "../src/data/index.ts";
import { telecom } from "../src/telecom/index.ts";
import { createToolFactory } from "../src/core/tool/tool.ts";
import { defineDomain, type Domain, type SoloDomain, type ToolInput, type ToolName, type ToolOutput } from "../src/core/domain/domain.ts";
import type { EnvironmentConfig, EnvironmentState } from "../src/core/environment/execute-tool-call.ts";
import type { ToolMessage } from "../src/core/task/message.ts";
import { Environment } from "../src/core/environment/environment.ts";

/** `tsc` checks the types: if a wrong call compiles, its `@ts-expect-error` is an error. */
const env = loadEnvironment(airline, { dataDir: null });
const line = loadEnvironment(telecom, { dataDir: null });

describe("the compiler checks", () => {
  test("the names of tools", () => {
    expectTypeOf<"cancel_reservation">().toExtend<ToolName<typeof airline>>();
    expectTypeOf<ToolName<typeof airline, "user">>().toBeNever();
    expectTypeOf<"toggle_wifi">().toExtend<ToolName<typeof telecom, "user">>();
    // @ts-expect-error the tool does not exist
    expect(env.call("get_flight_statuss", { flight_number: "HAT001", date: "2024-05-16" }).error).toBe(true);
    // @ts-expect-error the user of airline does not have tools
    expect(env.call("check_status_bar", {}, "user").error).toBe(true);
    // @ts-expect-error the agent cannot reach the phone
    expect(line.call("check_status_bar", {}).error).toBe(true);
    expect(line.call("check_status_bar", {}, "user").error).toBe(false);
  });

  test("the names, types and presence of arguments", () => {
    expectTypeOf<ToolInput<typeof airline, "get_flight_status">>().toEqualTypeOf<{ flight_number: string; date: string }>();
    // @ts-expect-error the argument is called flight_number
    expect(env.call("get_flight_status", { flightNumber: "HAT001", date: "2024-05-16" }).error).toBe(true);
    // @ts-expect-error both arguments are strings
    expect(env.call("get_flight_status", { flight_number: 1, date: true }).error).toBe(true);
    // @ts-expect-error the date is missing
    expect(env.call("get_flight_status", { flight_number: "HAT001" }).error).toBe(true);
    // @ts-expect-error the arguments are missing
    expect(env.call("get_flight_status").error).toBe(true);
    expect(env.call("list_all_airports").error).toBe(false);
  });

  test("the values of read, and the databases", () => {
    const airports = env.read("list_all_airports");
    expectTypeOf(airports).toEqualTypeOf<Airport[]>();
    expect(airports.length).toBeGreaterThan(0);
    expectTypeOf<ToolOutput<typeof airline, "get_reservation_details">>().toEqualTypeOf<Reservation>();
    expectTypeOf(env.db.reservations["A"]!).toEqualTypeOf<Reservation>();
    // @ts-expect-error the map is called reservations
    expect(env.db.reservashuns).toBeUndefined();
    // @ts-expect-error `read` runs read tools only
    expect(() => env.read("cancel_reservation", { reservation_id: "A" })).toThrow('kind "write"');
    expectTypeOf<FlightDate["status"]>().toExtend<string>();
  });
});

describe("the compiler checks calls of user tools:", () => {
  test("names and arguments belong to the user's side", () => {
    expectTypeOf<ToolInput<typeof telecom, "set_network_mode_preference", "user">>().toHaveProperty("mode");
    // @ts-expect-error the argument is called mode
    expect(line.call("set_network_mode_preference", { preference: "4g_only" }, "user").error).toBe(true);
    // @ts-expect-error the mode is missing
    expect(line.call("set_network_mode_preference", {}, "user").error).toBe(true);
    // @ts-expect-error the user cannot suspend a line
    expect(line.call("suspend_line", { customer_id: "C1001", line_id: "L1001", reason: "" }, "user").error).toBe(true);
    expectTypeOf(line.read("check_status_bar", {}, "user")).toBeString();
  });

  test("in solo mode the agent calls them, and the user cannot", () => {
    const alone = loadEnvironment(telecom, { dataDir: null, solo: true });
    expect(alone.call("toggle_wifi").error).toBe(false);
    expect(alone.call("get_customer_by_id", { customer_id: "C1001" }).error).toBe(false);
    // @ts-expect-error a user does not exist in solo mode
    expect(alone.call("toggle_wifi", {}, "user").error).toBe(true);
    expectTypeOf(alone.db).toEqualTypeOf(line.db);
    expectTypeOf<ToolName<SoloDomain<typeof airline>>>().toEqualTypeOf<ToolName<typeof airline>>();
  });
});

test("an untyped Environment accepts environments of every domain, and any tool name", () => {
  const count = (any: Environment) => any.tools().length + Number(any.call("no_such_tool", { anything: 1 }, "user").error);
  const environments: Environment[] = [env, line, loadEnvironment(telecom, { dataDir: null, solo: true })];
  expect(environments.map(count)).toEqual([15, 14, 44]);
  const config: EnvironmentConfig = env.config;
  const state: EnvironmentState = env.snapshot();
  expect(new Environment(config, state).call("list_all_airports").error).toBe(false);
  const hashes = (domains: readonly Domain[]) => domains.map((domain) => loadEnvironment(domain, { dataDir: null }).hash().user !== null);
  expect(hashes([airline, telecom, ...builtInDomains]).slice(0, 2)).toEqual([false, true]);
});

test("read returns the value whose text call returns, and throws for a refusal", () => {
  const [id] = Object.keys(env.db.reservations);
  expect(env.read("get_reservation_details", { reservation_id: id! })).toBe(env.db.reservations[id!]);
  expect(() => env.read("get_reservation_details", { reservation_id: "none" })).toThrow("Reservation none not found");
});

test("execute accepts any name and any arguments", () => {
  const call = { id: "1", name: "get_flight_statuss", arguments: { any: ["thing"] }, requestor: "assistant" as const };
  expect(env.execute(call).content).toBe("Error: Tool 'get_flight_statuss' not found.");
});

test("a custom domain is typed without annotations, and every domain is assignable to Domain", () => {
  const tool = createToolFactory<{ coins: number }>();
  const pay = tool({
    name: "pay",
    kind: "write",
    description: "Pay.",
    parameters: z.strictObject({ amount: z.number(), note: z.string().default("") }),
    result: z.object({ left: z.number() }),
    run({ db }, { amount }) {
      db.coins -= amount;
      return { left: db.coins };
    },
  });
  const data = { db: { coins: 5 }, policy: "Pay." };
  const purse = defineDomain({
    name: "purse",
    agent: { database: z.strictObject({ coins: z.number() }), tools: [pay] },
    data: () => data,
  });
  const own = loadEnvironment(purse);
  expect(own.call("pay", { amount: 2 }).content).toBe('{"left": 3.0}');
  expect(own.call("pay", { amount: 1, note: "a parameter with a default" }).error).toBe(false);
  expectTypeOf<ToolInput<typeof purse, "pay">>().toEqualTypeOf<{ amount: number; note?: string | undefined }>();
  // @ts-expect-error the amount is a number
  expect(own.call("pay", { amount: "2" }).error).toBe(true);
  expectTypeOf(own.db.coins).toBeNumber();
  expectTypeOf<ToolOutput<typeof purse, "pay">>().toEqualTypeOf<{ left: number }>();

  const any: Domain = purse;
  const untyped = loadEnvironment(any);
  expect(untyped.call("whatever", { of: "any kind" }, "user").error).toBe(true);
  expectTypeOf<Environment<typeof purse>>().toExtend<Environment>();
  expectTypeOf(builtInDomains).toExtend<readonly Domain[]>();
});

test("tools for OpenAI and the AI SDK keep the types of names and arguments", () => {
  expectTypeOf(chatTools(env)[0]!.function.name).toEqualTypeOf<ToolName<typeof airline>>();
  expectTypeOf(responsesTools(line, "user")[0]!.name).toEqualTypeOf<ToolName<typeof telecom, "user">>();
  expectTypeOf(chatTools(env as Environment)[0]!.function.name).toBeString();
  const tools = aiSdkTools(line, "user");
  expectTypeOf(tools.set_network_mode_preference).toEqualTypeOf<
    Tool<ToolInput<typeof telecom, "set_network_mode_preference", "user">, ToolMessage>
  >();
  expectTypeOf<keyof typeof tools>().toEqualTypeOf<ToolName<typeof telecom, "user">>();
  expect(Object.keys(tools)).toEqual(line.tools("user").map((tool) => tool.function.name));
});
