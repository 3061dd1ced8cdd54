import { Tau2Error } from "@tau2/domains";
import { expect, it } from "vitest";
import { formatError, getExitCode } from "./errors.ts";

it("a fault of the request is exit code 2 and one line", () => {
  const fault = new Tau2Error("not_found", "no such task");
  expect([getExitCode(fault), formatError(fault)]).toEqual([2, "error: no such task"]);
});

it("what went wrong on the way is exit code 1 and one line", () => {
  const fault = new Tau2Error("model", "overloaded");
  expect([getExitCode(fault), formatError(fault)]).toEqual([1, "error: overloaded"]);
});

it("a fault of our own comes with its stack, to be reported", () => {
  const fault = new TypeError("x is undefined");
  expect(getExitCode(fault)).toBe(1);
  expect(formatError(fault)).toMatch(/please report this\.\nTypeError: x is undefined\n +at /);
});
