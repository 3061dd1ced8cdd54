import { existsSync, readdirSync, statSync } from "node:fs";
import { resolve, basename, join } from "node:path";
import { didYouMean } from "@tau2/domains/internal";
import { readRun, type StoredRun } from "@tau2/orchestrator/store";
import { getRunFiles } from "@tau2/orchestrator/internal";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { findLatestRuns, getResultsPath, runsFolder } from "../run/results-path.ts";
import { glob, isDynamicPattern } from "tinyglobby";

/** The path that a person means: one of a file or directory, or the name of a run under `data/simulations`. */
export function getRunPath(cwd: string, given: string): string {
  const path = resolve(cwd, given);
  const named = getResultsPath(cwd, given);
  return !existsSync(path) && isRun(named) ? named : path;
}

/** Returns true if a run exists at a results path. A run that was killed early has a log and nothing else. */
function isRun(path: string): boolean {
  return existsSync(path) || existsSync(getRunFiles(path).log);
}

/** Returns the hint for a run that does not exist: the nearest name, or the latest runs. */
function noRun(cwd: string, given: string): UsageError {
  const names = findLatestRuns(cwd);
  const some = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
  const hint = didYouMean(given, names) || (names.length > 0 ? `. Runs here: ${some}` : ` yet`);
  return new UsageError(`no results at ${given}, and no run of that name in ${runsFolder}${hint}`);
}

/** Reads a stored run, with a note where the log has more than the results file. @throws UsageError for an unknown run, Tau2Error for an unreadable one */
export async function readStoredRun(
  { cwd, stderr }: Pick<CliIo, "cwd" | "stderr">,
  given: string,
  options: Parameters<typeof readRun>[1] = {},
): Promise<StoredRun> {
  const path = getRunPath(cwd, given);
  if (!isRun(path)) throw noRun(cwd, given);
  const run = await readRun(path, options);
  if (run.fromLog) stderr.write(`${given}: the results file is older than the log beside it, so the log was read\n`);
  return run;
}

/**
 * The results files that paths mean (docs/spec/core.md#12): a file is itself; a directory with `results.json` is that file; one named `simulations` is
 * that of each of its children; any other directory is all `.json` files below it; a pattern with `*` is what fits it.
 * @throws UsageError when nothing is there
 */
export async function expandPaths(cwd: string, given: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const each of given) found.push(...(await expand(cwd, each)));
  return [...new Set(found)];
}

async function expand(cwd: string, given: string): Promise<string[]> {
  const path = getRunPath(cwd, given);
  const files = existsSync(path) ? within(path) : isRun(path) ? [path] : isDynamicPattern(given) ? await matching(cwd, given) : [];
  if (files.length === 0) throw noRun(cwd, given);
  return files;
}

async function matching(cwd: string, pattern: string): Promise<string[]> {
  const paths = await glob(pattern.replaceAll("\\", "/"), { cwd, absolute: true, onlyFiles: false, expandDirectories: false });
  return paths.toSorted().flatMap((path) => within(path.replace(/\/$/, "")));
}

function within(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const own = join(path, "results.json");
  if (existsSync(own)) return [own];
  const entries = readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (basename(path) === "simulations") {
    return entries.map(({ name }) => join(path, name, "results.json")).filter((file) => existsSync(file));
  }
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return within(join(path, entry.name));
    return entry.name.endsWith(".json") && !/(^|\.)run\.json$/.test(entry.name) ? [join(path, entry.name)] : [];
  });
}
