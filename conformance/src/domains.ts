import { createEnvironmentConfig, Tau2Error, type Domain, type DomainData, type EnvironmentConfig, type Task } from "@tau2/domains";
import { builtInDomains } from "@tau2/domains/built-in";
import { loadData } from "@tau2/domains/data";

/** The names of the domains that are compared. */
export const domainNames: readonly string[] = builtInDomains.map(({ name }) => name);

/** A domain on the bench: its rules with the data that the records were made with. */
export interface Subject {
  readonly domain: Domain;
  readonly data: DomainData;
  /** @throws Tau2Error `not_found` if the data does not contain the task. */
  task(id: string): Task;
  /** Ids are counted, `00000001` first, as in the records. */
  setup(options?: { solo?: boolean }): EnvironmentConfig;
}

/** The domain of that name with its data; null when it does not exist here. */
export function subjectOf(name: string, dataDir: string): Subject | null {
  const domain = builtInDomains.find((candidate) => candidate.name === name);
  if (!domain) return null;
  const data = loadData(domain, { dataDir });
  return {
    domain,
    data,
    task(id) {
      const task = data.task(id);
      if (!task) throw new Tau2Error("not_found", `the data of ${name} does not contain task '${id}'`);
      return task;
    },
    setup: ({ solo = false } = {}) => createEnvironmentConfig(domain, data, { solo, newId: (n) => n.toString(16).padStart(8, "0") }),
  };
}
