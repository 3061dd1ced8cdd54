import { builtInDomains } from "@tau2/domains/built-in";
import { isTau2Error, type Domain } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { loadData } from "@tau2/domains/data";

/** What became of reading everything that a domain has in a data directory. */
export interface DomainReading {
  readonly domain: string;
  readonly tasks: number;
  readonly splits: readonly string[];
  /** What is wrong; null when all of it could be read. */
  readonly fault: string | null;
}

/** Reads database, policies, every task and the splits of each domain that comes with the packages. @param dataDir null for the starter data */
export function readAll(dataDir: string | null): DomainReading[] {
  return builtInDomains.map((domain) => read(domain, dataDir));
}

function read(domain: Domain, dataDir: string | null): DomainReading {
  const { name } = domain;
  try {
    const data = loadData(domain, { dataDir });
    return { domain: name, tasks: data.tasks().length, splits: Object.keys(data.splits() ?? {}), fault: null };
  } catch (thrown) {
    if (!isTau2Error(thrown)) throw thrown;
    return { domain: name, tasks: 0, splits: [], fault: getErrorMessage(thrown) };
  }
}
