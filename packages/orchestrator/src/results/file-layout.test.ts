import { describe, expect, test } from "vitest";
import { any, choice, constant, float, formatLayout, list, map, record, pydanticDialect, pythonDialect } from "./file-layout.ts";

describe("a layout", () => {
  test("writes exactly its fields, in its order; what is missing is null", () => {
    expect(formatLayout(record({ b: any, a: any, c: any }), { a: 1, b: "é", extra: true })).toBe(
      '{\n  "b": "\\u00e9",\n  "a": 1,\n  "c": null\n}',
    );
  });

  test("writes floats as floats, wherever they stand", () => {
    expect(formatLayout(map(float), { a: 1, b: 0.1, c: 1e-7, d: Number.NaN })).toBe(
      '{\n  "a": 1.0,\n  "b": 0.1,\n  "c": 1e-07,\n  "d": NaN\n}',
    );
    expect(formatLayout(list(float), [0, null])).toBe("[\n  0.0,\n  null\n]");
  });

  test("writes constants whatever the value has", () =>
    expect(formatLayout(record({ a: constant([]) }), { a: 5 })).toBe('{\n  "a": []\n}'));

  test("takes free values as they are, named keys as floats, and leaves out undefined values", () => {
    expect(formatLayout({ kind: "any", floats: new Set(["t"]) }, { t: 0, n: 0, u: undefined, deep: { t: 0 } })).toBe(
      '{\n  "t": 0.0,\n  "n": 0,\n  "deep": {\n    "t": 0\n  }\n}',
    );
  });

  test("can depend on the value", () => {
    const either = choice((value) => ("x" in value ? record({ x: float }) : any));
    expect(formatLayout(list(either), [{ x: 1 }, { y: 1 }])).toBe('[\n  {\n    "x": 1.0\n  },\n  {\n    "y": 1\n  }\n]');
  });

  test("writes empty values on one line", () => expect(formatLayout(any, { a: {}, b: [] })).toBe('{\n  "a": {},\n  "b": []\n}'));
});

test.each([
  [1, "1.0", "1.0"],
  [0.1, "0.1", "0.1"],
  [-0, "-0.0", "-0.0"],
  [0.0001, "0.0001", "0.0001"],
  [0.00001, "1e-05", "0.00001"],
  [-0.000_025, "-2.5e-05", "-0.000025"],
  [0.000_059_999_999_999_999_995, "5.9999999999999995e-05", "0.000059999999999999995"],
  [0.000_001, "1e-06", "1e-6"],
  [1.5e-7, "1.5e-07", "1.5e-7"],
  [123_456_789_012_345.6, "123456789012345.6", "123456789012345.6"],
  [1e15, "1000000000000000.0", "1000000000000000.0"],
  [1e16, "1e+16", "1e+16"],
  [1.5e300, "1.5e+300", "1.5e+300"],
  [Number.NaN, "NaN", "null"],
  [Number.NEGATIVE_INFINITY, "-Infinity", "null"],
])("the float %d is %s in one form and %s in the other", (value, python, pydantic) => {
  expect([pythonDialect.float(value), pydanticDialect.float(value)]).toEqual([python, pydantic]);
});

test("numbers of no declared kind are plain when they are whole", () => {
  expect([pythonDialect.number(5), pydanticDialect.number(5), pydanticDialect.number(2.5), pydanticDialect.number(0.00001)]).toEqual([
    "5",
    "5",
    "2.5",
    "0.00001",
  ]);
});

test("texts are escaped in one form, and in UTF-8 in the other", () => {
  const text = 'ü "🚀"\n\u001b\u007f';
  expect(pythonDialect.text(text)).toBe(String.raw`"\u00fc \"\ud83d\ude80\"\n\u001b\u007f"`);
  expect(pydanticDialect.text(text)).toBe('"ü \\"🚀\\"\\n\\u001b\u007f"');
});
