import fc from "fast-check";
import { toToolDeclaration } from "../src/core/tool/tool.ts";
import { getTools, type EnvironmentConfig } from "../src/core/environment/execute-tool-call.ts";
import type { JsonObject } from "../src/core/json/json.ts";
import type { ToolCall } from "../src/core/task/message.ts";

/** Random calls that fit the tools' declarations, with ids that often exist. */

type Schema = { [key: string]: unknown };

/** A list of random well-formed calls of either side of a domain. */
export function arbitraryCalls(setup: EnvironmentConfig, maxLength: number): fc.Arbitrary<ToolCall[]> {
  const known = fc.constantFrom(...knownStrings([setup.data.db, setup.data.userDb]));
  const ofSide = (requestor: "assistant" | "user") =>
    getTools(setup, requestor).map((tool): fc.Arbitrary<ToolCall> => {
      const { properties } = toToolDeclaration(tool).function.parameters as { properties?: { [name: string]: Schema } };
      const fields = Object.entries(properties ?? {}).map(([name, schema]) => [name, arbitraryValue(schema, known)] as const);
      const args = fc.record(Object.fromEntries(fields)) as fc.Arbitrary<JsonObject>;
      return args.map((value) => ({ id: "", name: tool.name, arguments: value, requestor }));
    });
  return fc.array(fc.oneof(...ofSide("assistant"), ...ofSide("user")), { maxLength });
}

function arbitraryValue(schema: Schema, known: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const options = (schema["anyOf"] ?? schema["oneOf"]) as Schema[] | undefined;
  if (options) return fc.oneof(...options.map((option) => arbitraryValue(option, known)));
  if (Array.isArray(schema["enum"])) return fc.constantFrom(...(schema["enum"] as unknown[]));
  if ("const" in schema) return fc.constant(schema["const"]);
  switch (Array.isArray(schema["type"]) ? schema["type"][0] : schema["type"]) {
    case "string":
      return fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: fc.string({ maxLength: 12, unit: "grapheme" }) });
    case "integer":
      return fc.integer({ min: -3, max: 400 });
    case "number":
      return fc.double({ min: -10, max: 500, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "array":
      return fc.array(arbitraryValue((schema["items"] ?? {}) as Schema, known), { maxLength: 3 });
    case "object":
      return fc.record(
        Object.fromEntries(
          Object.entries((schema["properties"] ?? {}) as { [name: string]: Schema }).map(([name, field]) => [
            name,
            arbitraryValue(field, known),
          ]),
        ),
      );
    default:
      return fc.jsonValue();
  }
}

/** Keys and texts of the databases, shallow ones first, without the prose. */
function knownStrings(roots: unknown[]): string[] {
  const found = new Set<string>();
  let level: unknown[] = roots;
  while (level.length > 0 && found.size < 4000) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === "string" && value.length < 40) found.add(value);
      if (typeof value !== "object" || value === null) continue;
      if (!Array.isArray(value)) for (const key of value instanceof Map ? value.keys() : Object.keys(value)) found.add(String(key));
      next.push(...(value instanceof Map ? value.values() : Object.values(value)));
    }
    level = next;
  }
  return [...found];
}
