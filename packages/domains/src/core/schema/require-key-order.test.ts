import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { loadData } from "../../data/load.ts";
import { retail } from "../../retail/index.ts";
import { parseInlineData } from "../domain/domain-data.ts";
import { parseOrderedJson } from "../json/json.ts";
import { mapOf, optional, orderedMap } from "./schema.ts";
import { requireKeyOrder } from "./require-key-order.ts";

const text = readFileSync(new URL("../../../data/retail/db.json", import.meta.url), "utf8");

test("retail's database from JSON.parse is refused, and the right way is named", () => {
  const db: unknown = JSON.parse(text);
  expect(() => parseInlineData(retail, { db, policy: "" })).toThrow(/retail database: .*variants.*parseOrderedJson/);
});

test("retail's database from parseOrderedJson has the order of the file", () => {
  const { db } = parseInlineData(retail, { db: parseOrderedJson(text), policy: "" });
  expect(JSON.stringify(Object.values(db.products).map(({ variants }) => [...variants.keys()]))).toBe(
    JSON.stringify(Object.values(loadData(retail, { dataDir: null }).db.products).map(({ variants }) => [...variants.keys()])),
  );
});

const schema = z.object({ shelves: z.array(optional(z.object({ books: mapOf(orderedMap(z.string())) }))) });
const withBooks = (books: unknown) => ({ shelves: [null, { books: { first: books } }] });

test.each([
  { "7": "a", b: "c" },
  { "10": "a", "2": "b" },
])("an object whose keys JavaScript orders is refused: %j", (books) => {
  expect(() => requireKeyOrder(schema, withBooks(books), "the library")).toThrow("shelves.1.books.first");
});

test.each([
  {},
  { "7": "a" },
  { b: "c", "07": "a" },
  { "4294967295": "a", b: "c" },
  new Map([
    ["7", "a"],
    ["b", "c"],
  ]),
])("a map whose order cannot have changed is taken: %j", (books) =>
  expect(() => requireKeyOrder(schema, withBooks(books), "the library")).not.toThrow(),
);
