import { describe, expect, test } from "vitest";
import { z } from "zod";
import { hashDatabase, databasesEqual } from "./hash-database.ts";
import { date, datetime, mapOf, optional, orderedMap } from "./schema.ts";

const card = z.strictObject({ source: z.literal("card"), brand: z.string() });
const voucher = z.strictObject({ source: z.literal("voucher"), amount: z.number() });
const person = z.strictObject({
  name: z.string(),
  age: z.int(),
  balance: z.number(),
  nickname: optional(z.string()),
  seen: z.boolean(),
  born: date(),
  joined: datetime(),
  tags: z.array(z.string()),
  pair: z.tuple([z.int(), z.number()]),
  payment: mapOf(z.discriminatedUnion("source", [card, voucher])),
  extra: z.json(),
});
const database = z.strictObject({ people: mapOf(person), stock: orderedMap(z.int().nullable()) });
type Database = z.output<typeof database>;

const base: Database = database.parse({
  people: {
    ada: {
      name: "Ada",
      age: 36,
      balance: 10,
      seen: true,
      born: "1815-12-10",
      joined: "2024-01-02T03:04:05",
      tags: ["a", "b"],
      pair: [1, 2],
      payment: { p1: { source: "card", brand: "visa" }, p2: { source: "voucher", amount: 5 } },
      extra: { note: [1, { deep: null }] },
    },
    bob: {
      name: "Bob",
      age: 40,
      balance: 0,
      nickname: "B",
      seen: false,
      born: "1900-01-01",
      joined: "2024-01-02T03:04:05",
      tags: [],
      pair: [0, 0],
      payment: {},
      extra: null,
    },
  },
  stock: { "10": 1, "9": null },
});

const same = (a: unknown, b: unknown) => databasesEqual(database, a, b);
const hash = (value: unknown) => hashDatabase(database, value);
const changed = (change: (copy: Database) => void): Database => {
  const copy = structuredClone(base);
  change(copy);
  return copy;
};

describe("two databases are equal if", () => {
  test.each<[string, (copy: Database) => void]>([
    ["one is a copy of the other", () => {}],
    ["keys have another order", (copy) => (copy.people = { bob: copy.people["bob"]!, ada: copy.people["ada"]! })],
    ["entries of an ordered map have another order", (copy) => (copy.stock = new Map([...copy.stock].toReversed()))],
    ["a field is left out instead of null", (copy) => delete (copy.people["ada"] as { nickname?: unknown }).nickname],
    ["a record holds something that the schema does not know", (copy) => Object.assign(copy.people["ada"]!, { unknown: 1 })],
    ["a point in time is written with a space", (copy) => (copy.people["ada"]!.joined = "2024-01-02 03:04:05")],
  ])("%s", (_, change) => {
    expect(same(base, changed(change))).toBe(true);
    expect(hash(base)).toBe(hash(changed(change)));
  });
});

describe("two databases differ if", () => {
  test.each<[string, (copy: Database) => void]>([
    ["a record is missing", (copy) => delete copy.people["bob"]],
    ["a record goes by another id", (copy) => (copy.people = { ada: copy.people["ada"]!, rob: copy.people["bob"]! })],
    ["a map lacks a key whose value is null in the other", (copy) => copy.stock.delete("9")],
    ["a list has another order", (copy) => (copy.people["ada"]!.tags = ["b", "a"])],
    ["an optional field is filled", (copy) => (copy.people["ada"]!.nickname = "")],
    ["a number is minus zero", (copy) => (copy.people["bob"]!.balance = -0)],
    ["a member of a union is of another kind", (copy) => (copy.people["ada"]!.payment["p2"] = { source: "card", brand: "visa" })],
    ["something deep in free JSON differs", (copy) => (copy.people["ada"]!.extra = { note: [1, { deep: 0 }] })],
  ])("%s", (_, change) => {
    expect(same(base, changed(change))).toBe(false);
    expect(hash(base)).not.toBe(hash(changed(change)));
  });
});

test("databasesEqual agrees with the hashes after any series of changes", () => {
  const next = random(7);
  const pick = <T>(items: readonly T[]): T => items[next(items.length)]!;
  const value = () =>
    pick<unknown>([null, undefined, "", "x", true, { source: "card", brand: "visa" }, { source: "voucher", amount: next(3) }]);
  const mutations: ((copy: Database) => void)[] = [
    (copy) => (copy.people[pick(["ada", "bob"])]!.age = next(3)),
    (copy) => (copy.people[pick(["ada", "bob"])]!.balance = pick([0, -0, 0.5, Number.NaN, Infinity])),
    (copy) => (copy.people["ada"]!.nickname = pick(["", "x", null, undefined as never])),
    (copy) => copy.people["ada"]!.tags.push(pick(["a", "é"])),
    (copy) => copy.people["ada"]!.tags.pop(),
    (copy) => (copy.people["ada"]!.extra = pick([null, 1, "1", [1], { a: 1, b: null }, { b: null, a: 1 }, { a: 1 }])),
    (copy) => copy.stock.set(pick(["9", "10", "11"]), pick([null, 1, 2])),
    (copy) => copy.stock.delete(pick(["9", "10", "11"])),
    (copy) =>
      (copy.people["ada"]!.payment[pick(["p1", "p2", "p3"])] = pick([
        { source: "card", brand: "visa" },
        { source: "voucher", amount: next(2) },
      ])),
    (copy) => delete copy.people["ada"]!.payment[pick(["p1", "p2", "p3"])],
    (copy) => Object.assign(copy.people["bob"]!, { unknown: value() }),
  ];
  let equal = 0;
  for (let round = 0; round < 600; round++) {
    const [a, b] = [structuredClone(base), structuredClone(base)];
    for (let i = next(3); i >= 0; i--) {
      const mutate = pick(mutations);
      mutate(a);
      if (next(2) === 0) pick(mutations)(b);
      else mutate(b);
    }
    const expected = hash(a) === hash(b);
    if (expected) equal++;
    expect(same(a, b), JSON.stringify([a, b])).toBe(expected);
  }
  expect(equal).toBeGreaterThan(50);
  expect(equal).toBeLessThan(550);
});

/** Whole numbers below n, the same ones every time. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 16) % n;
  };
}
