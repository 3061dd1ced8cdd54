import type { Domain, DomainData } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { getDataDirectory } from "../data/data-directory.ts";
import type { CliIo } from "../io.ts";
import { loadDomain } from "./load-domain.ts";

/** Loads a domain and its data, from the directory named, else from `TAU2_DATA_DIR`, else the starter data. */
export async function loadDomainWithData(io: CliIo, name: string, data: string | undefined): Promise<{ domain: Domain; data: DomainData }> {
  const domain = await loadDomain(name, io.cwd);
  return { domain, data: loadData(domain, { dataDir: getDataDirectory(io, data) }) };
}
