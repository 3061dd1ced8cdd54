import type { z } from "zod";
import { Tau2Error } from "./errors.ts";
import { isRecord } from "./json.ts";
import type { Tool } from "./tool.ts";

/**
 * A call's arguments checked against the declaration.
 * @throws Tau2Error `arguments`, naming each argument that is missing, unknown or of the wrong kind, and what would be right.
 */
export function parseToolArguments(tool: Pick<Tool, "name" | "parameters">, args: unknown): Record<string, unknown> {
  const parsed = tool.parameters.safeParse(args);
  if (parsed.success) return parsed.data;
  throw new Tau2Error("arguments", `${tool.name}: ${parsed.error.issues.map((issue) => issueText(issue, tool, args)).join("; ")}`);
}

function issueText(issue: z.core.$ZodIssue, tool: Pick<Tool, "parameters">, args: unknown): string {
  if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
    const known = Object.keys(tool.parameters.shape);
    const names = issue.keys.map((key) => `'${key}'`).join(", ");
    return `unknown argument ${names}; ${known.length > 0 ? `it takes ${known.join(", ")}` : "it takes none"}`;
  }
  const place = pathText(issue.path);
  if (place === "") return `arguments must be an object, got ${typeName(args)}`;
  if (issue.code === "invalid_type" && getValue(args, issue.path) === undefined)
    return `argument '${place}' is missing (${issue.expected})`;
  return `argument '${place}': ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

/** A path as people write it: `flights[0].date`. */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

function getValue(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isRecord(at) || Array.isArray(at) ? (at as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

function typeName(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}
