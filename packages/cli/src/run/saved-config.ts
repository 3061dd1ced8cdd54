import { existsSync } from "node:fs";
import { basename } from "node:path";
import { openRun } from "@tau2/orchestrator/store";
import { getRunFiles, type RunClaim } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { UsageError } from "../errors.ts";
import { shortenPath } from "../config/config-files.ts";
import { type RunValues, runOptions, type RunKey } from "../config/tables/run-options.ts";
import { findLatestRuns, getResultsPath } from "./results-path.ts";
import type { JsonObject } from "@tau2/domains";
import { checkValue } from "../config/check-value.ts";
import type { Composed } from "../config/compose.ts";
import type { Layer, Option, Sourced } from "../config/option.ts";
import { didYouMean, redactSettings } from "@tau2/domains/internal";

/** A run that is to be resumed. */
export interface RunToResume {
  readonly path: string;
  readonly claim: RunClaim;
}

/**
 * Takes the run that the options want to resume; null for one that is to begin, also where the options would have resumed it.
 * @throws UsageError when it is not said which run, or it is not one of ours; Tau2Error as `claimRun` does
 */
export async function findRunToResume(values: RunValues, cwd: string): Promise<RunToResume | null> {
  const { resume, auto_resume, retry_errors, rerun_tasks, save_to: name } = values;
  const wanted = resume || retry_errors || rerun_tasks !== undefined;
  if (!wanted && !auto_resume) return null;
  if (name === undefined) {
    // As in tau2-bench, where a run without a name is a new one.
    if (!wanted) return null;
    throw new UsageError(`which run should be resumed? Name it with --save-to${newest(cwd)}`);
  }
  const path = getResultsPath(cwd, name);
  if (existsSync(getRunFiles(path).log)) return { path, claim: await openRun(path) };
  if (!existsSync(path)) return null;
  throw new UsageError(
    `${shortenPath(path, cwd)} cannot be resumed: ${basename(getRunFiles(path).log)} is missing beside it, so another program wrote it. Use a different --save-to name`,
  );
}

function newest(cwd: string): string {
  const last = findLatestRuns(cwd).find((name) => existsSync(getRunFiles(getResultsPath(cwd, name)).log));
  return last === undefined ? "; this folder does not contain any" : `; the newest here is ${last}`;
}

/** Options that must be given again at each start. */
const ofOneSession: ReadonlySet<string> = new Set<RunKey>(["save_to", "resume", "auto_resume", "retry_errors", "rerun_tasks"]);

/** Returns the options of a run to save, so that its name alone resumes it. Headers, addresses with a password and values of queries are left out. */
export function readSavedConfig({ sources }: Composed<typeof runOptions>): JsonObject {
  const told = [...sources].filter(([key, { value, source }]) => source !== "default" && !ofOneSession.has(key) && !isSecret(key, value));
  return redactSettings(Object.fromEntries(told.map(([key, { value }]) => [key, value as JsonObject[string]])));
}

/** Reads the options with which a run was last started, as a layer under the new ones. */
export function createSavedLayer({ claim }: RunToResume): Layer {
  const layer = new Map<string, Sourced>();
  for (const [key, value] of Object.entries(claim.history?.sessions.at(-1)?.config ?? {})) {
    const option = Object.hasOwn(runOptions, key) ? runOptions[key as RunKey] : undefined;
    const checked = option && checkValue(key, option, value);
    if (checked && "value" in checked) layer.set(key, { value: checked.value, source: "the run" });
  }
  return layer;
}

function isSecret(key: string, value: unknown): boolean {
  const option = Object.hasOwn(runOptions, key) ? (runOptions[key as RunKey] as Option) : undefined;
  if (option?.secret) return true;
  return typeof value === "string" && URL.canParse(value) && new URL(value).password !== "";
}

/** Ends that neither role earned; simulations with infrastructure faults are rerun anyway. */
const errors: ReadonlySet<string> = new Set(["agent_error", "user_error", "unexpected_error", "context_window_exceeded"]);

/** Selects finished simulations to rerun. @throws UsageError for a task that is not in the run */
export function rerun(
  { retry_errors: retryErrors, rerun_tasks: ids = [] }: RunValues,
  tasks: readonly { id: string }[],
): (simulation: SimulationRun) => boolean {
  const known = new Set(tasks.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new UsageError(`--rerun-tasks: the run does not contain task '${unknown}'${didYouMean(unknown, known)}`);
  return ({ task_id, termination_reason }) => ids.includes(task_id) || (retryErrors && errors.has(termination_reason));
}
