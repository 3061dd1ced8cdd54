import type { Domain, DomainData } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { resolve } from "node:path";
import { namedDirectory } from "./pulled-directory.ts";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../load-domain.ts";

/**
 * The data directory that holds: the one named (`official` is what was pulled), else `TAU2_DATA_DIR`, else null for the starter data.
 * @throws UsageError for `official` when nothing was pulled
 */
export function dataDirectory(io: Pick<CliIo, "env" | "cwd">, named: string | null | undefined): string | null {
  if (named) return namedDirectory(named, io);
  const directory = io.env["TAU2_DATA_DIR"];
  return directory ? resolve(io.cwd, directory) : null;
}

/** A domain and its data, from the directory named, else from `TAU2_DATA_DIR`, else the starter data. */
export async function domainWithData(io: CliIo, name: string, data: string | undefined): Promise<{ domain: Domain; data: DomainData }> {
  const domain = await loadDomain(name, io.cwd);
  return { domain, data: loadData(domain, { dataDir: dataDirectory(io, data) }) };
}
