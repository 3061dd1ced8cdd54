import { describe, expect, test } from "vitest";
import { any, choice, constant, float, layOut, list, map, record } from "./layout.ts";

describe("a layout", () => {
  test("writes exactly its fields, in its order; what is missing is null", () => {
    expect(layOut(record({ b: any, a: any, c: any }), { a: 1, b: "é", extra: true })).toBe(
      '{\n  "b": "\\u00e9",\n  "a": 1,\n  "c": null\n}',
    );
  });

  test("writes floats as floats, wherever they stand", () => {
    expect(layOut(map(float), { a: 1, b: 0.1, c: 1e-7, d: Number.NaN })).toBe('{\n  "a": 1.0,\n  "b": 0.1,\n  "c": 1e-07,\n  "d": NaN\n}');
    expect(layOut(list(float), [0, null])).toBe("[\n  0.0,\n  null\n]");
  });

  test("writes constants whatever the value has", () => expect(layOut(record({ a: constant([]) }), { a: 5 })).toBe('{\n  "a": []\n}'));

  test("takes free values as they are, named keys as floats, and leaves out what is undefined", () => {
    expect(layOut({ kind: "any", floats: new Set(["t"]) }, { t: 0, n: 0, u: undefined, deep: { t: 0 } })).toBe(
      '{\n  "t": 0.0,\n  "n": 0,\n  "deep": {\n    "t": 0\n  }\n}',
    );
  });

  test("can depend on the value", () => {
    const either = choice((value) => ("x" in value ? record({ x: float }) : any));
    expect(layOut(list(either), [{ x: 1 }, { y: 1 }])).toBe('[\n  {\n    "x": 1.0\n  },\n  {\n    "y": 1\n  }\n]');
  });

  test("writes what is empty on one line", () => expect(layOut(any, { a: {}, b: [] })).toBe('{\n  "a": {},\n  "b": []\n}'));
});
