import { isTau2Error, messageOf } from "@tau2/domains/core";
import { loadData } from "@tau2/domains/data";
import { builtInDomains } from "../domains.ts";

/** What became of reading everything that a domain has in a data directory. */
export interface DomainReading {
  readonly domain: string;
  readonly tasks: number;
  readonly splits: readonly string[];
  /** What is wrong; null when all of it could be read. */
  readonly fault: string | null;
}

/** Reads database, policies, every task and the splits of each domain that comes with the packages. @param dataDir null for the starter data */
export async function readAll(dataDir: string | null): Promise<DomainReading[]> {
  return Promise.all(Object.keys(builtInDomains).map((domain) => read(domain, dataDir)));
}

async function read(domain: string, dataDir: string | null): Promise<DomainReading> {
  try {
    const data = loadData(await builtInDomains[domain]!.load(), { dataDir });
    return { domain, tasks: data.tasks().length, splits: Object.keys(data.splits() ?? {}), fault: null };
  } catch (thrown) {
    if (!isTau2Error(thrown)) throw thrown;
    return { domain, tasks: 0, splits: [], fault: messageOf(thrown) };
  }
}
