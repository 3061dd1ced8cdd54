import { expect, test } from "vitest";
import { comparableSchema } from "./tool-schema.ts";

const item = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };

test("references are put in place, and a record or any object is the record", () => {
  const referring = {
    $defs: { Item: { ...item, title: "Item" } },
    properties: { items: { type: "array", items: { anyOf: [{ $ref: "#/$defs/Item" }, { type: "object", additionalProperties: true }] } } },
  };
  const plain = { properties: { items: { type: "array", description: "All.", items: { ...item, additionalProperties: false } } } };
  expect(comparableSchema(referring)).toEqual(comparableSchema(plain));
});

test("what stands beside a reference holds too", () => {
  const referring = { $defs: { Kind: { type: "string", enum: ["a", "b"] } }, properties: { kind: { $ref: "#/$defs/Kind", default: "a" } } };
  expect(comparableSchema(referring)).toEqual({ properties: { kind: { type: "string", enum: ["a", "b"], default: "a" } } });
});

test("null as a default may be shown as a type or not; without that default it counts", () => {
  const bare = { type: "string", default: null };
  expect(comparableSchema({ type: ["string", "null"], default: null })).toEqual(bare);
  expect(comparableSchema({ anyOf: [{ type: "string" }, { type: "null" }], default: null })).toEqual(bare);
  expect(comparableSchema({ type: ["string", "null"], default: "a" })).toEqual({
    anyOf: [{ type: "string" }, { type: "null" }],
    default: "a",
  });
  expect(comparableSchema({ type: ["string", "null"] })).not.toEqual({ type: "string" });
});

test("types and choices count", () => {
  expect(comparableSchema({ type: "integer" })).not.toEqual(comparableSchema({ type: "number" }));
  expect(comparableSchema({ type: "string", enum: ["a"] })).not.toEqual(comparableSchema({ type: "string", enum: ["a", "b"] }));
});
