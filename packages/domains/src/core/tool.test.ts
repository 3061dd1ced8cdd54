import { expect, test } from "vitest";
import { z } from "zod";
import { toToolDeclaration } from "./tool.ts";

const declared = (parameters: z.ZodObject) => toToolDeclaration({ name: "lend", description: "Lends.", parameters }).function.parameters;

test("parameters with a default are optional, and unknown ones are ruled out", () => {
  expect(declared(z.strictObject({ id: z.string().describe("The book."), days: z.int().default(14) }))).toEqual({
    type: "object",
    properties: { id: { type: "string", description: "The book." }, days: { type: "integer", default: 14 } },
    required: ["id"],
    additionalProperties: false,
  });
});

test("parameters that no model can be shown are an error that names the tool", () => {
  expect(() => declared(z.strictObject({ due: z.date() }))).toThrow(/parameters of tool 'lend' cannot be shown to a model: Date/);
});
