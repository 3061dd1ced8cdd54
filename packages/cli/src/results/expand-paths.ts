import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { isRun, noRun, pathOfRun } from "./find-run.ts";

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
  const path = pathOfRun(cwd, given);
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
