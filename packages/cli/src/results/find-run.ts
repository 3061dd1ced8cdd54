import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { didYouMean } from "@tau2/domains/internal";
import { readRun, getRunFiles, type StoredRun } from "@tau2/orchestrator";
import { UsageError } from "../cli-error.ts";
import type { CliIo } from "../io.ts";
import { latestRuns, resultsPathOf, runsFolder } from "../run/results-path.ts";

/** The path that a person means: one of a file or directory, or the name of a run under `data/simulations`. */
export function pathOfRun(cwd: string, given: string): string {
  const path = resolve(cwd, given);
  const named = resultsPathOf(cwd, given);
  return !existsSync(path) && isRun(named) ? named : path;
}

/** Whether there is anything at a results file's path. A run that was killed early has a log and nothing else. */
export function isRun(path: string): boolean {
  return existsSync(path) || existsSync(getRunFiles(path).log);
}

/** What to say of a run that is not there: the nearest name, or the runs that were worked on last. */
export function noRun(cwd: string, given: string): UsageError {
  const names = latestRuns(cwd);
  const some = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
  const hint = didYouMean(given, names) || (names.length > 0 ? `. Runs here: ${some}` : ` yet`);
  return new UsageError(`no results at ${given}, and no run of that name in ${runsFolder}${hint}`);
}

/** A stored run, with a word to the person where it is not what the results file says. @throws UsageError when there is none, Tau2Error when it cannot be read */
export async function storedRun({ cwd, stderr }: Pick<CliIo, "cwd" | "stderr">, given: string): Promise<StoredRun> {
  const path = pathOfRun(cwd, given);
  if (!isRun(path)) throw noRun(cwd, given);
  const run = await readRun(path);
  if (run.fromLog) stderr.write(`${given}: the results file is older than the log beside it, so the log was read\n`);
  return run;
}
