import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Domain } from "../core/domain/domain.ts";
import { Tau2Error } from "../core/errors.ts";
import { findPackageFolder } from "../core/package-folder.ts";

type Filed = Pick<Domain, "name" | "files">;

/** Returns the name of the folder with a domain's files. Domains may share a folder. */
export function getDataFolder(domain: Filed): string {
  return domain.files?.directory ?? domain.name;
}

/**
 * Finds the folder with a domain's files in a data directory; null means this package.
 * @throws Tau2Error `not_found`, with a suggestion.
 */
export function findDomainDirectory(domain: Filed, dataDir: string | null): string {
  const folder = getDataFolder(domain);
  const inside = (parent: string) => join(parent, "tau2", "domains", folder);
  const directory = dataDir === null ? join(getStarterDirectory(), folder) : inside(dataDir);
  if (existsSync(directory)) return directory;
  throw new Tau2Error("not_found", `no data of domain '${domain.name}' at ${directory}; ${hint(dataDir, inside, folder)}`);
}

function hint(dataDir: string | null, inside: (parent: string) => string, folder: string): string {
  if (dataDir === null) return "the package does not include starter data for it";
  const near = [join(dataDir, "data"), dirname(dataDir), dirname(dirname(dataDir))].find((parent) => existsSync(inside(parent)));
  return near === undefined ? `a data directory holds tau2/domains/${folder}/` : `did you mean ${near}?`;
}

let starter: string | undefined;

/**
 * Returns the folder of the starter data: one folder a domain.
 * @throws Tau2Error `not_found` in a bundle that was moved away from the package.
 */
export function getStarterDirectory(): string {
  // Cached, since every fork of an episode needs it, and the lookup takes several times as long as a fork.
  return (starter ??= findStarterDirectory());
}

function findStarterDirectory(): string {
  const folder = findPackageFolder("@tau2/domains", import.meta.url);
  const data = folder && join(folder, "data");
  if (data !== null && existsSync(data)) return data;
  const expected = data ?? join(process.cwd(), "node_modules", "@tau2", "domains", "data");
  throw new Tau2Error(
    "not_found",
    `starter data not found at ${expected}. Bundles do not include it: install @tau2/domains beside the program, ` +
      "or copy the folder @tau2/domains/data to DIR/tau2/domains, then set TAU2_DATA_DIR=DIR, pass `dataDir`, or give `--data`",
  );
}
