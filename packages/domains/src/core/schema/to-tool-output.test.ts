import { expect, test } from "vitest";
import { z } from "zod";
import { hashDatabase } from "./hash-database.ts";
import { toCanonicalJson, toRecordJson, toToolOutput } from "./to-tool-output.ts";
import { date, datetime, dict, mapOf, optional, orderedMap } from "./schema.ts";
const line = z.object({ id: z.string(), used_gb: z.number(), seats: z.int(), since: optional(date()), changed: optional(datetime()) });
const value = line.parse({ seats: 3, used_gb: 5, id: "é", changed: "2025-01-31T10:30:00" });

test("a record prints its fields in declared order, floats as floats, unset ones as null", () => {
  expect(toToolOutput(line, value)).toBe('{"id": "\\u00e9", "used_gb": 5.0, "seats": 3, "since": null, "changed": "2025-01-31 10:30:00"}');
});

test("a string result prints unchanged", () => {
  expect(toToolOutput(z.string(), 'said "yes"')).toBe('said "yes"');
});

test("numbers and booleans outside of records print as strings", () => {
  expect(toToolOutput(z.number(), 5)).toBe('"5.0"');
  expect(toToolOutput(z.int(), 5)).toBe('"5"');
  expect(toToolOutput(z.boolean(), true)).toBe('"True"');
  expect(toToolOutput(z.array(z.int()), [1, 2])).toBe('["1", "2"]');
  expect(toToolOutput(dict({ charge: z.number(), line }), { charge: 4, line: value })).toMatch(
    /^\{"charge": "4.0", "line": \{"id": .*"seats": 3/,
  );
});

test("numbers inside of records in lists and pairs print as numbers", () => {
  const seat = z.object({ seats: z.int() });
  expect(toToolOutput(z.array(seat), [{ seats: 1 }])).toBe('[{"seats": 1}]');
  expect(toToolOutput(z.array(z.tuple([seat, seat])), [[{ seats: 1 }, { seats: 2 }]])).toBe('[[{"seats": 1}, {"seats": 2}]]');
});

test("a member of a union prints by its own schema", () => {
  const method = z.discriminatedUnion("source", [
    z.object({ source: z.literal("gift_card"), amount: z.number() }),
    z.object({ source: z.literal("credit_card"), last_four: z.string() }),
  ]);
  expect(toRecordJson(mapOf(method), { g: { source: "gift_card", amount: 7 }, c: { source: "credit_card", last_four: "0007" } })).toBe(
    '{"g": {"source": "gift_card", "amount": 7.0}, "c": {"source": "credit_card", "last_four": "0007"}}',
  );
});

test("an ordered map prints integer-like keys in insertion order, and sorts them for the hash", () => {
  const variants = orderedMap(z.number());
  const map = variants.parse(
    new Map([
      ["9", 1],
      ["1", 2],
    ]),
  );
  expect(toRecordJson(variants, map)).toBe('{"9": 1.0, "1": 2.0}');
  expect(toCanonicalJson(variants, map)).toBe('{"1": 2.0, "9": 1.0}');
});

test("the database hash ignores key order and depends on every value", () => {
  const db = mapOf(line);
  expect(hashDatabase(db, { a: value, b: value })).toBe(hashDatabase(db, { b: value, a: value }));
  expect(hashDatabase(db, { a: value })).not.toBe(hashDatabase(db, { a: { ...value, seats: 4 } }));
});

test("the integer -0 prints as 0", () => {
  expect(toRecordJson(z.object({ seats: z.int(), price: z.number() }), { seats: -0, price: -0 })).toBe('{"seats": 0, "price": -0.0}');
});
