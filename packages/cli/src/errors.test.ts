import { Tau2Error } from "@tau2/domains";
import { expect, it } from "vitest";
import type { CliContext } from "./io.ts";
import { withErrorHandling } from "./errors.ts";

async function ran(thrown: unknown): Promise<{ code: unknown; text: string }> {
  let text = "";
  const streams = { stdout: { write: () => undefined }, stderr: { write: (part: string) => void (text += part) } };
  const context: CliContext = { process: { ...streams }, io: { ...streams, env: {}, cwd: "/" } };
  await withErrorHandling(() => {
    throw thrown as Error;
  }).call(context, {});
  return { code: context.process.exitCode, text };
}

it("a fault of the request is exit code 2 and one line", async () => {
  expect(await ran(new Tau2Error("not_found", "no such task"))).toEqual({ code: 2, text: "error: no such task\n" });
});

it("what went wrong on the way is exit code 1 and one line", async () => {
  expect(await ran(new Tau2Error("model", "overloaded"))).toEqual({ code: 1, text: "error: overloaded\n" });
});

it("a fault of our own comes with its stack, to be reported", async () => {
  const { code, text } = await ran(new TypeError("x is undefined"));
  expect(code).toBe(1);
  expect(text).toMatch(/please report this\.\nTypeError: x is undefined\n +at /);
});
