import type { OptionTable } from "./option.ts";

/** The option of every command that has a result to show. */
export const jsonOption = {
  json: { group: "Output", kind: "switch", brief: "one JSON document instead of text for people" },
} as const satisfies OptionTable;
