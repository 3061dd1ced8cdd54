import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { getRunFiles } from "@tau2/orchestrator/internal";
import { UsageError } from "../errors.ts";
import { shortenPath } from "../config/config-files.ts";

/** Folder of runs without a path of their own, under the current directory. */
export const runsFolder = join("data", "simulations");

/**
 * Returns the results path of a run's name: `data/simulations/<name>/results.json` under the current directory; a name with a slash in it
 * is a path of its own.
 */
export function getResultsPath(cwd: string, name: string): string {
  const place = /[/\\]/.test(name) ? resolve(cwd, name) : join(cwd, runsFolder, name);
  return place.endsWith(".json") ? place : join(place, "results.json");
}

/** The same place for a run that is to begin there. @throws UsageError when there is a run already */
export function createResultsPath(cwd: string, name: string): string {
  const path = getResultsPath(cwd, name);
  const taken = [path, getRunFiles(path).log].find((file) => existsSync(file));
  if (taken === undefined) return path;
  throw new UsageError(
    `File ${shortenPath(taken, cwd)} already exists. Please delete it or use a different --save-to name. To resume that run add --resume`,
  );
}

/** A run's own name, counted on where another run has it: runs that begin in the same second are given the same one. */
export function findFreeRunName(cwd: string, name: string): string {
  const isTaken = (candidate: string) => existsSync(join(cwd, runsFolder, candidate));
  let free = name;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}`;
  return free;
}

/** Returns the names of the runs in the default folder, the latest first. */
export function findLatestRuns(cwd: string): string[] {
  const folder = join(cwd, runsFolder);
  if (!existsSync(folder)) return [];
  const lastWork = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return readdirSync(folder)
    .map((name) => ({ name, at: lastWork(name) }))
    .toSorted((a, b) => b.at - a.at)
    .map(({ name }) => name);
}
