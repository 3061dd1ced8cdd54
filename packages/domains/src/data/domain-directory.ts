import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Domain } from "../core/domain/domain.ts";
import { Tau2Error } from "../core/errors.ts";
import { findPackageFolder } from "../core/package-folder.ts";

type Filed = Pick<Domain, "name" | "files">;

/** Name of the folder that holds a domain's files; two domains may share one. */
export function getDataFolder(domain: Filed): string {
  return domain.files?.directory ?? domain.name;
}

/** The folder of a domain's files: in a data directory, or for null in this package. @throws Tau2Error `not_found` saying where it might be. */
export function findDomainDirectory(domain: Filed, dataDir: string | null): string {
  const folder = getDataFolder(domain);
  const inside = (parent: string) => join(parent, "tau2", "domains", folder);
  const directory = dataDir === null ? join(getStarterDirectory(), folder) : inside(dataDir);
  if (existsSync(directory)) return directory;
  throw new Tau2Error("not_found", `no data of domain '${domain.name}' at ${directory}; ${hint(dataDir, inside, folder)}`);
}

function hint(dataDir: string | null, inside: (parent: string) => string, folder: string): string {
  if (dataDir === null) return "the package has no starter data for it";
  const near = [join(dataDir, "data"), dirname(dataDir), dirname(dirname(dataDir))].find((parent) => existsSync(inside(parent)));
  return near === undefined ? `a data directory holds tau2/domains/${folder}/` : `did you mean ${near}?`;
}

let starter: string | undefined;

/**
 * Returns the folder of the starter data: one folder a domain.
 * @throws Tau2Error `not_found` in a bundle that was moved away from the package.
 */
export function getStarterDirectory(): string {
  // Looking it up takes several times as long as a branch of an episode, each of which asks.
  return (starter ??= findStarterDirectory());
}

function findStarterDirectory(): string {
  const folder = findPackageFolder("@tau2/domains", import.meta.url);
  const data = folder && join(folder, "data");
  if (data !== null && existsSync(data)) return data;
  const expected = data ?? join(process.cwd(), "node_modules", "@tau2", "domains", "data");
  throw new Tau2Error(
    "not_found",
    `there is no starter data at ${expected}. A bundle does not hold it: install @tau2/domains beside the program, ` +
      "or copy the folder @tau2/domains/data to DIR/tau2/domains, then set TAU2_DATA_DIR=DIR, pass `dataDir`, or give `--data`",
  );
}
