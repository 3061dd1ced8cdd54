import { isRecord } from "@tau2/domains/internal";

/** A JSON schema's type in a few words: `string | null`, `list of integer`. */
export function typeText(schema: unknown): string {
  if (!isRecord(schema)) return "any";
  const { type, items } = schema;
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(schema["enum"])) return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  if (Array.isArray(options)) return options.map(typeText).join(" | ");
  if (type === "array") return `list of ${typeText(items)}`;
  return Array.isArray(type) ? type.join(" | ") : typeof type === "string" ? type : "any";
}
