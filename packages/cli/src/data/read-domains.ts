import { isTau2Error, type Domain } from "@tau2/domains";
import { builtInDomains } from "@tau2/domains/built-in";
import { loadData } from "@tau2/domains/data";
import { getErrorMessage } from "@tau2/domains/internal";

/** Outcome of reading all files of a domain in a data directory. */
export interface DomainReading {
  readonly domain: string;
  readonly tasks: number;
  readonly splits: readonly string[];
  /** Fault; null when everything could be read. */
  readonly fault: string | null;
}

/** Reads database, policies, every task and the splits of each domain that comes with the packages. @param dataDir null for the starter data */
export function readDomains(dataDir: string | null): DomainReading[] {
  return builtInDomains.map((domain) => readDomain(domain, dataDir));
}

function readDomain(domain: Domain, dataDir: string | null): DomainReading {
  const { name } = domain;
  try {
    const data = loadData(domain, { dataDir });
    return { domain: name, tasks: data.tasks().length, splits: Object.keys(data.splits() ?? {}), fault: null };
  } catch (thrown) {
    if (!isTau2Error(thrown)) throw thrown;
    return { domain: name, tasks: 0, splits: [], fault: getErrorMessage(thrown) };
  }
}
