import { assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { airline } from "../src/airline/index.ts";
import { Environment } from "../src/core/environment/environment.ts";
import { createBaseState, executeToolCall, type EnvironmentState } from "../src/core/environment/execute-tool-call.ts";
import { createInitialState } from "../src/core/environment/create-initial-state.ts";
import { deserializeState, serializeState } from "../src/core/environment/serialize-state.ts";
import type { Domain } from "../src/core/domain/domain.ts";
import { mock } from "../src/mock/index.ts";
import { retail } from "../src/retail/index.ts";
import { telecom } from "../src/telecom/index.ts";
import { arbitraryCalls } from "./arbitrary-call.ts";
import { playActions, getSolution, createStarterConfig } from "./solutions.ts";

describe.each([airline, retail, telecom, mock] satisfies Domain[])("a serialized state of $name", (domain) => {
  const setup = createStarterConfig(domain);

  test("is restored after any calls, with the order of maps", () => {
    assert(
      property(arbitraryCalls(setup, 12), (calls) => {
        let state = createBaseState(setup);
        for (const call of calls) ({ state } = executeToolCall(setup, state, call));
        expect(observable(deserializeState(setup, serializeState(setup, state)))).toEqual(observable(state));
      }),
      { numRuns: 5 },
    );
  });

  test("is restored after solutions, and shares unchanged parts with the data", () => {
    for (const task of setup.data.tasks().slice(0, 5)) {
      const { state } = playActions(setup, task, getSolution(task));
      const back = deserializeState(setup, serializeState(setup, state, { indent: 2 }));
      expect(observable(back)).toEqual(observable(state));
      expect(new Environment(setup, back).diff()).toEqual(new Environment(setup, state).diff());
    }
    const untouched = { ...createBaseState(setup), agent: setup.data.db, user: setup.data.userDb };
    const back = deserializeState(setup, serializeState(setup, untouched));
    expect(back.agent).toBe(setup.data.db);
    expect(back.user).toBe(setup.data.userDb);
  });

  test("is one document of plain JSON", () => {
    expect(JSON.parse(serializeState(setup, createBaseState(setup)))).toMatchObject({
      version: 1,
      domain: domain.name,
      source: "starter",
      issued: 0,
      notes: {},
    });
  });
});

/** `toEqual` is blind to the order of maps' entries, which is what models see. */
function observable(state: EnvironmentState) {
  return { state, orders: [...mapOrders(state)] };
}

function* mapOrders(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Map) yield [...(value as Map<string, unknown>).keys()].join(" ");
  for (const item of value instanceof Map ? value.values() : Object.values(value)) yield* mapOrders(item);
}

test("a serialized telecom state keeps the notes outside of the databases", () => {
  const setup = createStarterConfig(telecom);
  const state = createInitialState(setup, { initialization_actions: [{ env_type: "user", func_name: "break_vpn", arguments: {} }] });
  expect(Object.keys(state.notes)).not.toEqual([]);
  expect(deserializeState(setup, serializeState(setup, state)).notes).toEqual(state.notes);
});
