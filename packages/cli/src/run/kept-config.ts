import type { JsonObject } from "@tau2/domains";
import { checkValue } from "../config/check-value.ts";
import type { Composed } from "../config/compose.ts";
import type { Layer, Sourced } from "../config/option.ts";
import { runOptions, type RunKey } from "../config/run-options.ts";
import type { EarlierRun } from "./earlier-run.ts";

/** What is said anew each time. */
const ofOneSession: ReadonlySet<string> = new Set<RunKey>(["save_to", "resume", "auto_resume", "retry_errors", "rerun_tasks"]);

/** What a run was told, for it to be resumed by its name alone. Addresses with a password in them are left out. */
export function keptConfig({ sources }: Composed<typeof runOptions>): JsonObject {
  const told = [...sources].filter(([key, { value, source }]) => source !== "default" && !ofOneSession.has(key) && !isSecret(value));
  return Object.fromEntries(told.map(([key, { value }]) => [key, value as JsonObject[string]]));
}

/** What a run was told when it was last worked on, as a layer under what is said now. */
export function keptLayer({ claim }: EarlierRun): Layer {
  const layer = new Map<string, Sourced>();
  for (const [key, value] of Object.entries(claim.history?.sessions.at(-1)?.config ?? {})) {
    const option = Object.hasOwn(runOptions, key) ? runOptions[key as RunKey] : undefined;
    const checked = option && checkValue(option, value);
    if (checked && "value" in checked) layer.set(key, { value: checked.value, source: "the run" });
  }
  return layer;
}

function isSecret(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && new URL(value).password !== "";
}
