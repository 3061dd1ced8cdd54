import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readRun, type StoredRun } from "@tau2/orchestrator";
import type { CliIo } from "../io.ts";
import { resultsPathOf } from "../run/results-path.ts";

/** The path that a person means: one of a file or directory, or the name of a run under `data/simulations`. */
export function pathOfRun(cwd: string, given: string): string {
  const path = resolve(cwd, given);
  const named = resultsPathOf(cwd, given);
  return !existsSync(path) && existsSync(named) ? named : path;
}

/** A stored run, with a word to the person where it is not what the results file says. @throws Tau2Error when there is none, or it cannot be read */
export async function storedRun({ cwd, stderr }: Pick<CliIo, "cwd" | "stderr">, given: string): Promise<StoredRun> {
  const run = await readRun(pathOfRun(cwd, given));
  if (run.fromLog) stderr.write(`${given}: the results file is older than the log beside it, so the log was read\n`);
  return run;
}
