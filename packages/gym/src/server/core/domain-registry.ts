import { hashDatabase, type Domain, type DomainData, type Task } from "@tau2/domains";
import { hashText } from "@tau2/domains/internal";
import { loadData } from "@tau2/domains/data";
import { ServerError } from "./server-error.ts";

/** A domain with its data, ready to be played. */
export interface LoadedDomain {
  readonly domain: Domain;
  readonly data: DomainData;
  /** Tasks by their id. */
  readonly tasks: ReadonlyMap<string, Task>;
  /** Identifies the data: episodes on other data do not replay. */
  readonly hash: string;
}

/** The domains of a server. Each is read when it is first asked for. */
export interface DomainRegistry {
  readonly names: readonly string[];
  /** @throws ServerError `not_found` with what there is; Tau2Error when its data cannot be read */
  get(name: string): LoadedDomain;
}

/** Creates a registry of domains. Their data is read from `dataDir` as `loadData` does. */
export function createDomainRegistry(domains: readonly Domain[], dataDir: string | null | undefined): DomainRegistry {
  const byName = new Map(domains.map((domain) => [domain.name, domain]));
  const names = [...byName.keys()];
  const ready = new Map<string, LoadedDomain>();
  return {
    names,
    get(name) {
      const known = ready.get(name);
      if (known) return known;
      const domain = byName.get(name);
      if (!domain) throw new ServerError("not_found", `no domain '${name}' on this server; there are ${names.join(", ")}`);
      const loaded = createLoadedDomain(domain, loadData(domain, { dataDir }));
      ready.set(name, loaded);
      return loaded;
    },
  };
}

/** The domain that a request means. @throws ServerError `invalid` when it names none and there are several, `not_found` */
export function getDomain(registry: DomainRegistry, name: string | undefined): LoadedDomain {
  if (name !== undefined) return registry.get(name);
  if (registry.names.length === 1) return registry.get(registry.names[0]!);
  throw new ServerError("invalid", `name the domain: this server has ${registry.names.join(", ")}`);
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
