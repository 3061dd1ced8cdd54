import { z } from "zod";
import type { JsonObject } from "./json.ts";
import type { Tool } from "./tool.ts";

/** A tool as OpenAI-compatible chat completions take it. */
export interface ToolDeclaration {
  type: "function";
  function: { name: string; description: string; parameters: JsonObject };
}

const declarations = new WeakMap<object, ToolDeclaration>();

/** The wire declaration of a tool, made once. */
export function toolDeclaration(tool: Pick<Tool, "name" | "description" | "parameters">): ToolDeclaration {
  let declaration = declarations.get(tool);
  if (!declaration) {
    declaration = {
      type: "function",
      function: { name: tool.name, description: tool.description, parameters: parametersSchema(tool.parameters) },
    };
    declarations.set(tool, declaration);
  }
  return declaration;
}

/** JSON Schema of a tool's parameters, as a model is shown them (draft 7) or in another dialect: optional ones are those with a default. */
export function parametersSchema(parameters: z.ZodObject, target: "draft-7" | "draft-2020-12" = "draft-7"): JsonObject {
  const { $schema: _, ...schema } = z.toJSONSchema(parameters, { io: "input", target, override: ({ jsonSchema }) => tidy(jsonSchema) });
  return schema as JsonObject;
}

function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  // zod states the range of safe integers on every integer; it tells a model nothing.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.format) delete schema.pattern;
}
