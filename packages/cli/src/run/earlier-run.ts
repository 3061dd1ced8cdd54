import { existsSync } from "node:fs";
import { basename } from "node:path";
import { claimRun, getRunFiles, type RunClaim } from "@tau2/orchestrator";
import { UsageError } from "../cli-error.ts";
import { shortPath } from "../config/presets.ts";
import type { RunValues } from "../config/run-options.ts";
import { latestRuns, resultsPathOf } from "./results-path.ts";

/** A run that is to be resumed. */
export interface EarlierRun {
  readonly path: string;
  readonly claim: RunClaim;
}

/**
 * Takes the run that the options want to resume; null for one that is to begin, also where the options would have resumed it.
 * @throws UsageError when it is not said which run, or it is not one of ours; Tau2Error as `claimRun` does
 */
export async function earlierRun(values: RunValues, cwd: string): Promise<EarlierRun | null> {
  const { resume, auto_resume, retry_errors, rerun_tasks, save_to: name } = values;
  const wanted = resume || retry_errors || rerun_tasks !== undefined;
  if (!wanted && !auto_resume) return null;
  if (name === undefined) {
    // As in the reference, where a run that was given no name is a new one.
    if (!wanted) return null;
    throw new UsageError(`which run should be resumed? Name it with --save-to${newest(cwd)}`);
  }
  const path = resultsPathOf(cwd, name);
  if (existsSync(getRunFiles(path).log)) return { path, claim: await claimRun(path) };
  if (!existsSync(path)) return null;
  throw new UsageError(
    `${shortPath(path, cwd)} cannot be resumed: there is no ${basename(getRunFiles(path).log)} beside it, so another program wrote it. Use a different --save-to name`,
  );
}

function newest(cwd: string): string {
  const last = latestRuns(cwd).find((name) => existsSync(getRunFiles(resultsPathOf(cwd, name)).log));
  return last === undefined ? "; there is none here yet" : `; the newest here is ${last}`;
}
