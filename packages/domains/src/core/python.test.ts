import { expect, test } from "vitest";
import { toAsciiJsonString } from "./json/json.ts";
import { pyFixed2, pyFloat, pyNumber, pyRepr, pyRound2, pyStr } from "./python.ts";

test.each([
  [100, "100.0"],
  [0, "0.0"],
  [-0, "-0.0"],
  [46.85, "46.85"],
  [13.150000000000006, "13.150000000000006"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [0.000059999999999999995, "5.9999999999999995e-05"],
  [0.00012345, "0.00012345"],
  [1e-7, "1e-07"],
  [1e15, "1000000000000000.0"],
  [1e16, "1e+16"],
  [1.25e19, "1.25e+19"],
  [-2.5e-10, "-2.5e-10"],
  [5e-324, "5e-324"],
  [Number.NaN, "nan"],
  [-Infinity, "-inf"],
])("the float %d prints as %s", (value, text) => {
  expect(pyFloat(value)).toBe(text);
});

test("an integer without a declared kind prints as an integer", () => {
  expect([100, 1.5, 1e21, -0].map(pyNumber)).toEqual(["100", "1.5", "1000000000000000000000", "-0.0"]);
});

test.each([
  [0.125, 0.12],
  [0.375, 0.38],
  [0.625, 0.62],
  [0.875, 0.88],
  [-0.125, -0.12],
  [-0.375, -0.38],
  [2.675, 2.67],
  [1.005, 1],
  [1 / 3, 0.33],
  [1234567.125, 1234567.12],
])("%d is rounded to two decimals from its exact value, ties to even: %d", (value, rounded) => {
  expect(pyRound2(value)).toBe(rounded);
});

test("pyFixed2 rounds like pyRound2", () => {
  expect([0.125, 1.0050000000000001, 4, 0.3].map(pyFixed2)).toEqual(["0.12", "1.01", "4.00", "0.30"]);
});

test("JSON strings are ASCII, including DEL and astral characters", () => {
  expect(toAsciiJsonString('é "\u007f" 😀/\n')).toBe('"\\u00e9 \\"\\u007f\\" \\ud83d\\ude00/\\n"');
});

test.each<[unknown, string]>([
  ["plain", "'plain'"],
  ["it's", `"it's"`],
  [`both ' and "`, `'both \\' and "'`],
  ["a\\b\n\t\u0001", "'a\\\\b\\n\\t\\x01'"],
  ["Zoë 日本\u200b", "'Zoë 日本\\u200b'"],
  [null, "None"],
  [[1, "a", true, 1.5], "[1, 'a', True, 1.5]"],
  [{ k: { n: [] } }, "{'k': {'n': []}}"],
])("the Python repr of %j is %s", (value, text) => {
  expect(pyRepr(value)).toBe(text);
});

test("pyStr returns strings unchanged, and other values like pyRepr", () => {
  expect([pyStr("it's"), pyStr(["it's"]), pyStr(false)]).toEqual(["it's", `["it's"]`, "False"]);
});
