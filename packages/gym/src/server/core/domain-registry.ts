import { hashDatabase, type Domain, type DomainData, type Task } from "@tau2/domains";
import { hashText } from "@tau2/domains/internal";
import { loadData } from "@tau2/domains/data";
import { ServerError } from "./server-error.ts";

/** Domain with its data. */
export interface LoadedDomain {
  readonly domain: Domain;
  readonly data: DomainData;
  /** Tasks by id. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Hash of the data. An episode replays only on the data that it was played on. */
  readonly hash: string;
}

/** Domains of a server. The data of a domain is read on its first use. */
export interface DomainRegistry {
  readonly names: readonly string[];
  /** Returns a domain. @throws ServerError `not_found`; Tau2Error if its data cannot be read */
  get(name: string): LoadedDomain;
}

/** Creates a registry of domains. Their data is read from `dataDir` as `loadData` does. */
export function createDomainRegistry(domains: readonly Domain[], dataDir: string | null | undefined): DomainRegistry {
  const byName = new Map(domains.map((domain) => [domain.name, domain]));
  const names = [...byName.keys()];
  const loadedByName = new Map<string, LoadedDomain>();
  return {
    names,
    get(name) {
      const known = loadedByName.get(name);
      if (known) return known;
      const domain = byName.get(name);
      if (!domain) throw new ServerError("not_found", `no domain '${name}' on this server; available: ${names.join(", ")}`);
      const loaded = createLoadedDomain(domain, loadData(domain, { dataDir }));
      loadedByName.set(name, loaded);
      return loaded;
    },
  };
}

/** Returns the domain of a request; without a name, the only one. @throws ServerError `not_found`; `invalid` if a name is necessary */
export function getDomain(registry: DomainRegistry, name: string | undefined): LoadedDomain {
  if (name !== undefined) return registry.get(name);
  if (registry.names.length === 1) return registry.get(registry.names[0]!);
  throw new ServerError("invalid", `'domain' is missing, and this server has several: ${registry.names.join(", ")}`);
}

function createLoadedDomain(domain: Domain, data: DomainData): LoadedDomain {
  let tasks: ReadonlyMap<string, Task> | undefined;
  let hash: string | undefined;
  return {
    domain,
    data,
    get tasks() {
      return (tasks ??= new Map(data.tasks().map((task) => [task.id, task])));
    },
    get hash() {
      return (hash ??= hashData(domain, data));
    },
  };
}

function hashData(domain: Domain, data: DomainData): string {
  const user = domain.user ? hashDatabase(domain.user.database, data.userDb) : "";
  return hashText([domain.name, hashDatabase(domain.agent.database, data.db), user].join("\n"));
}
