import { expect, test } from "vitest";
import { z } from "zod";
import { mergeData } from "./merge.ts";
import { mapOf } from "./schema.ts";

const method = z.discriminatedUnion("source", [
  z.object({ source: z.literal("gift_card"), amount: z.number() }),
  z.object({ source: z.literal("paypal") }),
]);
const user = z.object({ name: z.string(), age: z.int(), orders: z.array(z.string()), methods: mapOf(method) });
const schema = z.strictObject({ users: mapOf(user) });
const db = schema.parse({
  users: {
    ada: { name: "Ada", age: 36, orders: ["a", "b"], methods: { g1: { source: "gift_card", amount: 5 } } },
    bob: { name: "Bob", age: 41, orders: [], methods: {} },
  },
});

test("objects merge key by key, lists are replaced, and what is not named stays the same object", () => {
  const merged = mergeData(schema, db, { users: { ada: { orders: ["c"] } } });
  expect(merged.users["ada"]).toEqual({ ...db.users["ada"], orders: ["c"] });
  expect(merged.users["bob"]).toBe(db.users["bob"]);
  expect(db.users["ada"]?.orders).toEqual(["a", "b"]);
});

test("new records join at the end and must be whole", () => {
  const merged = mergeData(schema, db, { users: { eve: { name: "Eve", age: 29, orders: [], methods: {} } } });
  expect(Object.keys(merged.users)).toEqual(["ada", "bob", "eve"]);
  expect(() => mergeData(schema, db, { users: { eve: { name: "Eve" } } })).toThrow(/users eve is not valid: age/);
});

test("a record of several shapes is checked as a whole once merged", () => {
  const merged = mergeData(schema, db, { users: { ada: { methods: { g1: { amount: 7 } } } } });
  expect(merged.users["ada"]?.methods).toEqual({ g1: { source: "gift_card", amount: 7 } });
});

test("unknown keys are refused at the root and dropped inside records", () => {
  expect(() => mergeData(schema, db, { orders: {} })).toThrow(/orders/);
  expect(mergeData(schema, db, { users: { bob: { shoe_size: 43 } } }).users["bob"]).toEqual(db.users["bob"]);
});

test("a value of the wrong kind is refused with its place", () => {
  expect(() => mergeData(schema, db, { users: { bob: { age: "old" } } })).toThrow(/users bob age/);
});
