import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../cli-error.ts";
import { shortPath } from "../config/presets.ts";

/**
 * Where a run is stored: `data/simulations/<name>/results.json` under the current directory; a name with a slash in it is a path of its own.
 * @throws UsageError when there is a run already.
 */
export function resultsPath(cwd: string, name: string): string {
  const isPath = /[/\\]/.test(name);
  const place = isPath ? resolve(cwd, name) : join(cwd, "data", "simulations", name);
  const path = place.endsWith(".json") ? place : join(place, "results.json");
  if (existsSync(path)) {
    throw new UsageError(`File ${shortPath(path, cwd)} already exists. Please delete it or use a different --save-to name. Going on with a run that was begun is not possible yet`);
  }
  return path;
}
