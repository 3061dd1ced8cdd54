import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../cli-error.ts";
import { shortPath } from "../config/presets.ts";

/**
 * Where a run that was given a name is stored: `data/simulations/<name>/results.json` under the current directory; a name with a slash in it
 * is a path of its own.
 * @throws UsageError when there is a run already.
 */
export function namedResultsPath(cwd: string, name: string): string {
  const place = /[/\\]/.test(name) ? resolve(cwd, name) : join(cwd, "data", "simulations", name);
  const path = place.endsWith(".json") ? place : join(place, "results.json");
  if (existsSync(path)) {
    throw new UsageError(
      `File ${shortPath(path, cwd)} already exists. Please delete it or use a different --save-to name. Going on with a run that was begun is not possible yet`,
    );
  }
  return path;
}

/** A run's own name, counted on where another run has it: runs that begin in the same second are given the same one. */
export function freeRunName(cwd: string, name: string): string {
  const isTaken = (candidate: string) => existsSync(join(cwd, "data", "simulations", candidate));
  let free = name;
  for (let n = 2; isTaken(free); n++) free = `${name}_${n}`;
  return free;
}
