import fc from "fast-check";
import { expect, test } from "vitest";
import { locateJsonErrorAt } from "./locate-json-error.ts";

test.each([
  ['{"a": 1,}', 8],
  ['{"a" 1}', 5],
  ['{"a": x}', 6],
  ["[1, 2 3]", 6],
  ['["a\nb"]', 3],
  ['["a\\x"]', 3],
  ['{"a": "b', 8],
  ["[1]]", 3],
  ['  {"a": [', 9],
  ["", 0],
  ["nul", 0],
  ["[01]", 2],
])("the error in the JSON %j is at offset %i", (text, at) => {
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
  expect(locateJsonErrorAt(text)).toBe(at);
});

test("valid JSON does not have an error before its end", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      expect(locateJsonErrorAt(text)).toBe(text.length);
    }),
  );
});
