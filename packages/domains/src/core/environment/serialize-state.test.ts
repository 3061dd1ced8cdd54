import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineDomain } from "../domain/domain.ts";
import { parseInlineData } from "../domain/domain-data.ts";
import { createBaseState, createEnvironmentConfig } from "./execute-tool-call.ts";
import { mapOf, orderedMap } from "../schema/schema.ts";
import { deserializeState, serializeState } from "./serialize-state.ts";

const database = z.strictObject({
  sections: orderedMap(z.object({ books: orderedMap(z.number()) })),
  labels: mapOf(z.string()),
  // Maps that are declared with plain zod.
  codes: z.record(z.string(), z.array(z.record(z.string().regex(/^\d+$/), z.json()))),
});

const data = { db: { sections: { b: { books: {} }, a: { books: {} } }, labels: {}, codes: {} }, policy: "" };
const domain = defineDomain({ name: "shop", agent: { database, tools: [] }, data: () => data });
const setup = createEnvironmentConfig(domain, parseInlineData(domain, data));

describe("a serialized state", () => {
  test("keeps the order of maps whose keys look like integers", () => {
    const agent = {
      sections: new Map([
        [
          "20",
          {
            books: new Map([
              ["9", 1],
              ["10", 2.5],
              ["é", 3],
            ]),
          },
        ],
        ["3", { books: new Map() }],
      ]),
      labels: { "7": "seven", x: '{,"1": 2}' },
      codes: { "42": [{ "1": { "2": [{ "3": null }] } }] },
    };
    const notes = { "5": { "6": true } };
    const back = deserializeState(setup, serializeState(setup, { agent, user: null as never, issued: 3, notes }));
    expect(back).toEqual({ agent, user: null, issued: 3, notes });
    expect([...back.agent.sections.keys()]).toEqual(["20", "3"]);
    expect([...back.agent.sections.get("20")!.books.keys()]).toEqual(["9", "10", "é"]);
  });

  test("shares equal parts with the data only if their keys have the same order", () => {
    const state = createBaseState(setup);
    const reversed = { ...state.agent, sections: new Map([...state.agent.sections].toReversed()) };
    const back = deserializeState(setup, serializeState(setup, { ...state, agent: reversed }));
    expect([...back.agent.sections.keys()]).toEqual(["a", "b"]);
    expect(back.agent.sections.get("a")).toBe(setup.data.db.sections.get("a"));
    expect(back.agent.labels).toBe(setup.data.db.labels);
  });

  test("is frozen", () => {
    const back = deserializeState(setup, serializeState(setup, createBaseState(setup)));
    expect(() => Object.assign(back.agent, { labels: {} })).toThrow(/read only/);
  });

  const text = (change: object) => JSON.stringify({ ...JSON.parse(serializeState(setup, createBaseState(setup))), ...change });
  test.each([
    ["", "the state is empty"],
    ["{", "the state is not JSON"],
    ["[1]", "the state is not valid: (root)"],
    [text({ version: 2 }), "the state is not valid: version"],
    [text({ issued: -1 }), "the state is not valid: issued"],
    [text({ domain: "airline" }), "the state is of domain airline, not of shop"],
    [text({ source: "starter" }), "the state began from starter data, and the data at hand is inline"],
    [
      text({ agent: { sections: { a: { books: { b: "x" } } }, labels: {}, codes: {} } }),
      "the state's agent database is not valid: sections.a.books.b",
    ],
  ])("%s is refused: %s", (given, reason) => {
    expect(() => deserializeState(setup, given)).toThrow(reason);
  });
});
