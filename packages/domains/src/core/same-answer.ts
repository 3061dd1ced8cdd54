import type { ToolMessage } from "./message.ts";
import { jsonEquals } from "./same-json.ts";

/**
 * Whether a tool answers what a record says that it did, compared as decoded JSON. Two refusals are the same answer: their texts for
 * malformed arguments are this project's own (docs/differences.md).
 */
export function toolOutputsEqual(actual: ToolMessage, recorded: ToolMessage): boolean {
  if (actual.error && recorded.error) return true;
  if (recorded.content === null) return false;
  return jsonEquals(decoded(actual.content ?? ""), decoded(recorded.content));
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
