import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { getErrorMessage } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { knownVersions } from "@tau2/domains/data";
import { UsageError } from "../errors.ts";
import { count } from "../ui/text.ts";
import type { DataFiles } from "./data-files.ts";

/**
 * Puts data files into a data directory, all of them or none: they are written beside the old files, and replace them at the end.
 * @throws Tau2Error `storage` when the directory cannot be written, UsageError when its folder `tau2` holds files of something else
 */
export function installData(directory: string, files: DataFiles): void {
  const home = join(directory, "tau2");
  refuseForeign(home, files);
  try {
    mkdirSync(directory, { recursive: true });
    const beside = mkdtempSync(join(directory, ".pull-"));
    const [fresh, old] = [join(beside, "fresh"), join(beside, "old")];
    try {
      for (const [name, bytes] of files) writeFileAtomic(join(fresh, name), bytes);
      exchange(home, fresh, old);
    } finally {
      // The old data is removed only after the new data is in its place.
      if (existsSync(home) || !existsSync(old)) rmSync(beside, { recursive: true, force: true });
    }
  } catch (cause) {
    throw new Tau2Error("storage", `the data cannot be written to ${directory}: ${getErrorMessage(cause)}. The old data is unchanged`, {
      cause,
    });
  }
}

function writeFileAtomic(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { flush: true });
}

function exchange(home: string, fresh: string, old: string): void {
  const replaces = existsSync(home);
  if (replaces) renameSync(home, old);
  try {
    renameSync(fresh, home);
  } catch (thrown) {
    if (replaces) renameSync(old, home);
    throw thrown;
  }
}

/** Refuses a folder `tau2` that may be a checkout with more in it than data: that must not be removed. */
function refuseForeign(home: string, files: DataFiles): void {
  if (!existsSync(home)) return;
  const ours = new Set([...files.keys(), ...knownVersions.flatMap((version) => Object.keys(version.files))]);
  const foreign = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(home, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((name) => !ours.has(name));
  if (foreign.length === 0) return;
  const more = foreign.length > 1 ? ` and ${count(foreign.length - 1, "other file")}` : "";
  throw new UsageError(`${home} holds ${foreign[0]}${more} that would be lost; name another directory with --to`);
}
