import { expect, test } from "vitest";
import { compareCodePoints, pyJsonDumps } from "../python.ts";
import { parseOrderedJson, toPlainKey } from "./json.ts";

test("pyJsonDumps puts a space after each comma and colon", () => {
  expect(pyJsonDumps({ a: [1, 2.5, null], b: { c: true } })).toBe('{"a": [1, 2.5, null], "b": {"c": true}}');
});

test("indented JSON has one item per line, and empty containers on one line", () => {
  expect(pyJsonDumps({ a: [], b: {}, c: [1] }, { indent: 2 })).toBe('{\n  "a": [],\n  "b": {},\n  "c": [\n    1\n  ]\n}');
});

test("sorted JSON sorts keys by code point at every level", () => {
  expect(pyJsonDumps({ b: { z: 1, A: 2 }, a: 0 }, { sortKeys: true })).toBe('{"a": 0, "b": {"A": 2, "z": 1}}');
});

test("compareCodePoints sorts astral characters last, like Python", () => {
  expect(["😀", "\uffee", "a"].toSorted(compareCodePoints)).toEqual(["a", "\uffee", "😀"]);
});

test("parseOrderedJson keeps the order of keys that look like integers", () => {
  const text = '{"9612497925": 1, "1176194968": 2, "b": {"7": 1, "3": 2}}';
  const parsed = parseOrderedJson(text) as Record<string, Record<string, number>>;
  expect(Object.keys(parsed).map(toPlainKey)).toEqual(["9612497925", "1176194968", "b"]);
  expect(Object.keys(parsed["b"] ?? {}).map(toPlainKey)).toEqual(["7", "3"]);
});

test("parseOrderedJson does not change strings that look like such keys", () => {
  const value = { note: 'he said {"12": 3}, "45": fine', list: ["12", "34"] };
  expect(parseOrderedJson(JSON.stringify(value))).toEqual(value);
});
