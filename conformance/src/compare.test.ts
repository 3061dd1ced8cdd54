import { expect, test } from "vitest";
import { differences } from "./compare.ts";

test("numbers compare by value, booleans are not numbers, a missing key is not null", () => {
  expect(differences({ a: 3, b: [1, 2] }, { b: [1, 2], a: 3.0 })).toEqual([]);
  expect(differences({ a: 1 }, { a: true })).toEqual([{ path: "a", expected: 1, actual: true }]);
  expect(differences({ a: null }, {})).toEqual([{ path: "a", expected: null, actual: undefined }]);
  expect(differences({}, { a: 1 })).toEqual([{ path: "a", expected: undefined, actual: 1 }]);
});

test("each difference names its place", () => {
  const found = differences(
    { users: [{ name: "Ines" }, { name: "Bo" }] },
    { users: [{ name: "Ines" }, { name: "Bea" }] },
    { path: "final" },
  );
  expect(found).toEqual([{ path: "final.users[1].name", expected: "Bo", actual: "Bea" }]);
});

test("lists of different length differ in their length and in what is missing", () => {
  expect(differences([1, 2], [1])).toEqual([
    { path: ".length", expected: 2, actual: 1 },
    { path: "[1]", expected: 2, actual: undefined },
  ]);
});

test("a tolerance holds for numbers alone", () => {
  expect(differences({ a: 0.1 + 0.2 }, { a: 0.3 })).toHaveLength(1);
  expect(differences({ a: 0.1 + 0.2 }, { a: 0.3 }, { tolerance: 1e-9 })).toEqual([]);
  expect(differences({ a: 0.3 }, { a: "0.3" }, { tolerance: 1e-9 })).toHaveLength(1);
  expect(differences({ a: 0.3 }, { a: 0.3001 }, { tolerance: 1e-9 })).toHaveLength(1);
});
