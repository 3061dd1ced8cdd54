import { describe, expect, test } from "vitest";
import { keepNumberKinds, findFloatKeys, parseJson, stringifyJson } from "./number-kinds.ts";
import { pyJsonDumps } from "../python.ts";

const again = (text: string) => pyJsonDumps(parseJson(text)).replaceAll(/\s+/g, "");

describe("what a file wrote as a float is written as a float again", () => {
  test.each(['{"a":1.0,"b":1,"c":-0.0,"d":2.5}', "[1.0,1,[2.0]]", '{"a":1e+16,"b":10000000000000000}', '{"a":{"a":{"a":0.0}}}'])(
    "%s",
    (text) => expect(again(text)).toBe(text),
  );
});

test.each(['{"a":1.0,"b":1,"c":-0.0,"d":2.5,"e":1e+21}', "[1.0,1,[2.0]]", '{"a":"float:1","b":1.0}'])(
  "JSON text keeps the kinds of %s",
  (text) => {
    expect(stringifyJson(parseJson(text))).toBe(text);
  },
);

test("other spellings of the same float come back in Python's", () => {
  expect(again('{"a":1E2,"b":100.00,"c":5e0}')).toBe('{"a":100.0,"b":100.0,"c":5.0}');
});

test("what looks like a number inside a text is left alone", () => {
  const text = String.raw`{"a":"1.0,\"2.0\"\\","b\"3.0":["\\\\",4.0]}`;
  expect(parseJson(text)).toEqual(JSON.parse(text));
  expect(again(text)).toBe(text);
});

test("values are plain numbers", () => expect(parseJson('{"a":[1.0,2.50,-3e2]}')).toEqual({ a: [1, 2.5, -300] }));

test("broken JSON is reported as JSON.parse does", () => expect(() => parseJson('{"a":1.0')).toThrow(SyntaxError));

test("kinds go over to checked copies, key by key", () => {
  const raw = parseJson('{"kept":{"n":1.0},"dropped":2.0,"list":[{"n":3.0}]}') as Record<string, never>;
  const copy = { list: [{ n: 3, added: 1 }], kept: { n: 1 } };
  keepNumberKinds(raw, copy);
  expect(findFloatKeys(copy.kept)).toEqual(new Set(["n"]));
  expect(findFloatKeys(copy.list[0]!)).toEqual(new Set(["n"]));
});

test("of objects that come from no file nothing is known", () => expect(findFloatKeys({ n: 1 })).toBeUndefined());
