import { z } from "zod";
import { getErrorMessage, Tau2Error } from "./errors.ts";
import type { JsonObject } from "./json.ts";
import type { Tool } from "./tool.ts";

/** A tool as OpenAI-compatible chat completions take it. */
export interface ToolDeclaration {
  type: "function";
  function: { name: string; description: string; parameters: JsonObject };
}

const declarations = new WeakMap<object, ToolDeclaration>();

/** The wire declaration of a tool, made once. @throws Tau2Error `invalid` for parameters that JSON Schema has no words for, such as `z.date()` */
export function toToolDeclaration(tool: Pick<Tool, "name" | "description" | "parameters">): ToolDeclaration {
  let declaration = declarations.get(tool);
  if (!declaration) {
    const { name, description } = tool;
    declaration = { type: "function", function: { name, description, parameters: shownParameters(tool) } };
    declarations.set(tool, declaration);
  }
  return declaration;
}

function shownParameters({ name, parameters }: Pick<Tool, "name" | "parameters">): JsonObject {
  try {
    return toParametersSchema(parameters);
  } catch (cause) {
    throw new Tau2Error("invalid", `the parameters of tool '${name}' cannot be shown to a model: ${getErrorMessage(cause)}`, { cause });
  }
}

/** JSON Schema of a tool's parameters, as a model is shown them (draft 7) or in another dialect: optional ones are those with a default. */
export function toParametersSchema(parameters: z.ZodObject, target: "draft-7" | "draft-2020-12" = "draft-7"): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { io: "input", target, override: ({ jsonSchema }) => tidy(jsonSchema) });
  return schema as JsonObject;
}

function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  // zod states the range of safe integers on every integer; it tells a model nothing.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
}
