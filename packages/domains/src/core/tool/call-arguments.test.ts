import { expect, test } from "vitest";
import { parseCallArguments } from "./call-arguments.ts";

test.each([
  ["an object", { a: 1 }],
  ["JSON text", '{"a":1}'],
  ["JSON text between blanks", ' \n{"a": 1}\t'],
  ["JSON text that was encoded twice", JSON.stringify('{"a":1}')],
])("arguments are %s", (_, written) => {
  expect(parseCallArguments(written)).toEqual({ arguments: { a: 1 } });
});

test.each([[undefined], [null], [""], [" \n\t"], ["null"], [" null "], ['""'], ['"  "'], ['"null"'], [{}], ["{}"], ['"{}"']])(
  "%j means a call without arguments",
  (written) => {
    expect(parseCallArguments(written)).toEqual({ arguments: {} });
  },
);

test.each([
  ["{seats: 2", "not JSON"],
  [JSON.stringify("{seats: 2"), "not JSON"],
  ["[1]", "not an object"],
  [[1], "not an object"],
  ["7", "not an object"],
  [7, "not an object"],
  [false, "not an object"],
  [JSON.stringify(JSON.stringify(JSON.stringify({ a: 1 }))), "not an object"],
])("%j is refused: %s", (written, problem) => {
  expect(parseCallArguments(written)).toMatchObject({ problem: expect.stringContaining(problem) });
});
