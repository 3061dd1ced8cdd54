import { expect, test } from "vitest";
import { z } from "zod";
import { z as z3 } from "zod/v3";
import { createToolFactory, toToolDeclaration } from "./tool.ts";

const declared = (parameters: z.ZodObject) => toToolDeclaration({ name: "lend", description: "Lends.", parameters }).function.parameters;

test("declared parameters with a default are optional, and unknown ones are refused", () => {
  expect(declared(z.strictObject({ id: z.string().describe("The book."), days: z.int().default(14) }))).toEqual({
    type: "object",
    properties: { id: { type: "string", description: "The book." }, days: { type: "integer", default: 14 } },
    required: ["id"],
    additionalProperties: false,
  });
});

test("parameters that JSON Schema cannot express are refused, naming the tool", () => {
  expect(() => declared(z.strictObject({ due: z.date() }))).toThrow(/parameters of tool 'lend' cannot be shown to a model: Date/);
});

test("a schema of zod 3 is refused, naming the tool and the remedy", () => {
  const old = z3.object({}).strict() as unknown as z.ZodObject;
  const spec = { name: "lend", kind: "read", description: "", parameters: z.strictObject({}), result: z.string(), run: () => "" } as const;
  const tool = createToolFactory();
  expect(() => tool({ ...spec, parameters: old })).toThrow(
    expect.objectContaining({ code: "invalid", message: expect.stringMatching(/'lend'.*parameters.*zod@4/) as string }),
  );
  expect(() => tool({ ...spec, result: old, run: () => ({}) })).toThrow(/result is a schema of zod 3/);
  expect(() => declared(old)).toThrow(/zod 3/);
  expect(tool(spec).name).toBe("lend");
});
