import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJsonItems } from "./task-file.ts";

const items = (text: string) => findJsonItems(Buffer.from(text))?.map(({ id, bytes }) => [id, JSON.parse(bytes.toString())]) ?? null;

test("findJsonItems finds the objects of a list with their ids", () => {
  expect(items(' [ {"id": "a", "n": [1, {"id": "inner"}]} ,\n{"id":"b\\u00e9\\""}, {} ]\n')).toEqual([
    ["a", { id: "a", n: [1, { id: "inner" }] }],
    ['bé"', { id: 'bé"' }],
    [undefined, {}],
  ]);
  expect(items("[]")).toEqual([]);
});

test("findJsonItems takes only a string under the object's own key `id` as the id", () => {
  const id = (text: string) => items(`[${text}]`)?.[0]?.[0];
  expect(id('{"x": "id", "y": ":"}')).toBeUndefined();
  expect(id('{"id": 7}')).toBeUndefined();
  expect(id('{"a": {"id": "deep"}}')).toBeUndefined();
  expect(id('{"id": "first", "id" : "last"}')).toBe("last");
});

describe("findJsonItems returns null for", () => {
  const broken = [
    "",
    "null",
    '{"tasks": []}',
    "[1]",
    '["a"]',
    "[[]]",
    "[{}",
    "[{}]]",
    "[{}] x",
    "[{} {}]",
    "[{},]",
    "[,{}]",
    '[{"a": "',
    '[{"a": "\\"}]',
  ];
  test.each(broken)("%j", (text) => expect(items(text)).toBeNull());
});

test("findJsonItems agrees with JSON.parse", () => {
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.constantFrom("id", "a", '"', "{["), fc.jsonValue())),
      fc.constantFrom(undefined, 1, "\t"),
      (list, indent) => {
        const found = items(JSON.stringify(list, null, indent));
        expect(found).toEqual(
          list.map((item) => [typeof item["id"] === "string" ? item["id"] : undefined, JSON.parse(JSON.stringify(item))]),
        );
      },
    ),
  );
});
