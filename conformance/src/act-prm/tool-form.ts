import { isRecord } from "@tau2/domains/internal";
import type { FlatTool } from "@tau2/gym/internal";

/** A tool as records of the training environment hold it. */
export interface ToolForm {
  name: string;
  required: string[];
  properties: Record<string, string>;
}

/** One of our tools in that form. */
export function toolForm({ name, parameters }: FlatTool): ToolForm {
  const properties = (parameters["properties"] ?? {}) as Record<string, unknown>;
  return {
    name,
    required: (parameters["required"] ?? []) as string[],
    properties: Object.fromEntries(Object.entries(properties).map(([key, schema]) => [key, typeText(schema)])),
  };
}

/**
 * Converts a record's tool to a form that ours can be compared with: named shapes are inlined in our schemas, and the choice
 * "or any object" beside them is not published.
 */
export function comparableTool({ name, required, properties }: ToolForm): ToolForm {
  const plain = (type: string) => type.replaceAll(/ref:\w+/g, "object").replaceAll("object|object", "object");
  return { name, required, properties: Object.fromEntries(Object.entries(properties).map(([key, type]) => [key, plain(type)])) };
}

function typeText(schema: unknown): string {
  if (!isRecord(schema)) return "any";
  if (Array.isArray(schema["anyOf"])) return schema["anyOf"].map(typeText).join("|");
  if (schema["type"] === "array") return `array<${typeText(schema["items"])}>`;
  return typeof schema["type"] === "string" ? schema["type"] : "any";
}
