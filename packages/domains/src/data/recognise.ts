import { createHash } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { DomainFiles } from "../core/domain/domain.ts";
import { readBytes } from "./files.ts";
import { knownVersions } from "./known-versions.ts";

/** How files compare with a known version of the data. */
export interface DataReport {
  /** The version that they are; null when they are none. */
  readonly version: string | null;
  /** The version that they are most like, which the lists below are about. */
  readonly nearest: string;
  /** Its files that are not there. */
  readonly missing: readonly string[];
  /** Its files that are there with another content. */
  readonly changed: readonly string[];
  /** Files that it does not have. Nothing reads them. */
  readonly unknown: readonly string[];
}

/** Compares files with the known versions. @param files bytes by path in the folder `tau2`, such as `domains/mock/db.json` */
export function identifyDataVersion(files: Iterable<readonly [path: string, bytes: Uint8Array]>): DataReport {
  const hashes = new Map<string, string>();
  for (const [path, bytes] of files) hashes.set(path, sha256(bytes));
  const reports = knownVersions.map(({ name, files: known }): DataReport => {
    const paths = Object.keys(known);
    const missing = paths.filter((path) => !hashes.has(path));
    const changed = paths.filter((path) => hashes.has(path) && hashes.get(path) !== known[path]);
    const unknown = [...hashes.keys()].filter((path) => !Object.hasOwn(known, path));
    return { version: missing.length + changed.length === 0 ? name : null, nearest: name, missing, changed, unknown };
  });
  const faults = ({ missing, changed }: DataReport) => missing.length + changed.length;
  return reports.reduce((best, report) => (faults(report) < faults(best) ? report : best));
}

/** Compares every file of a data directory with the known versions. Folders of which no version has anything are passed over. */
export function checkData(dataDir: string): DataReport {
  return identifyDataVersion(filesOf(join(dataDir, "tau2")));
}

function* filesOf(home: string): Generator<[string, Uint8Array]> {
  const folders = new Set(knownVersions.flatMap(({ files }) => Object.keys(files).map(topFolder)));
  for (const folder of folders) {
    if (!existsSync(join(home, folder))) continue;
    // Names alone: with Yarn PnP the starter data is in an archive, and entries of archives have no `parentPath`.
    for (const file of readdirSync(join(home, folder), { recursive: true, encoding: "utf8" })) {
      const path = join(home, folder, file);
      if (!statSync(path).isDirectory()) yield [relative(home, path).replaceAll(sep, "/"), readBytes(path)];
    }
  }
}

/** `domains/mock` of `domains/mock/db.json`, `user_simulator` of a file in it. */
function topFolder(path: string): string {
  const [first, second] = path.split("/");
  return dirname(path) === first ? first : `${first}/${second}`;
}

/** The known version that has the same files of one domain; null when none has. */
export function versionOfDomain(directory: string, files: DomainFiles, folder: string): string | null {
  const hashes = usedFiles(files).map((name) => {
    const path = join(directory, name);
    return [`domains/${folder}/${name}`, existsSync(path) ? sha256(readBytes(path)) : undefined] as const;
  });
  return knownVersions.find((version) => hashes.every(([path, hash]) => version.files[path] === hash))?.name ?? null;
}

function usedFiles({ db, userDb, policy, soloPolicy, tasks }: DomainFiles): string[] {
  const policies = [policy, soloPolicy ?? []].flatMap((texts) => (typeof texts === "string" ? texts : texts.map(({ file }) => file)));
  return [db, ...(userDb === undefined ? [] : [userDb]), ...policies, tasks, `split_${tasks}`];
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
