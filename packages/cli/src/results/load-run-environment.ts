import { createEnvironmentConfig, type DomainData, type EnvironmentConfig } from "@tau2/domains";
import type { Results } from "@tau2/orchestrator/results";
import type { StoredRun } from "@tau2/orchestrator/store";
import { loadDomainWithData } from "../domain/load-domain-with-data.ts";
import type { CliIo } from "../io.ts";
import { count } from "../ui/text.ts";

/** Returns the same results with the tasks that a domain's data has now; a task that is not there any more stays as it is stored (docs/spec/core.md#7-9). */
export function withFreshTasks(results: Results, data: Pick<DomainData, "tasks">): { results: Results; notes: string[] } {
  const known = new Map(data.tasks().map((task) => [task.id, task]));
  const missing = results.tasks.filter(({ id }) => !known.has(id));
  const notes =
    missing.length > 0
      ? [
          `${count(missing.length, "task")} not in the data any more (${missing
            .slice(0, 3)
            .map(({ id }) => id)
            .join(", ")}${missing.length > 3 ? ", …" : ""}): graded as stored`,
        ]
      : [];
  return { results: { ...results, tasks: results.tasks.map((task) => known.get(task.id) ?? task) }, notes };
}

/** Loads the environment in which a run's simulations were held, as far as data and code are still the same. @throws UsageError for an unknown domain */
export async function loadRunEnvironment(
  io: CliIo,
  { results: { info, simulations }, config }: Pick<StoredRun, "results" | "config">,
  given: { readonly domain?: string; readonly data?: string },
): Promise<{ environment: EnvironmentConfig; notes: string[] }> {
  const told = (key: "domain" | "data") => (typeof config[key] === "string" ? config[key] : undefined);
  const name = given.domain ?? told("domain") ?? info.environment_info.domain_name;
  const { domain, data } = await loadDomainWithData(io, name, given.data ?? told("data"));
  const environment = createEnvironmentConfig(domain, data, { solo: info.user_info.implementation === "dummy_user" });
  const policy = simulations.find((simulation) => simulation.policy !== null)?.policy ?? info.environment_info.policy;
  const known = [data.policy, data.soloPolicy];
  const notes = known.includes(policy)
    ? []
    : [`the policy of ${domain.name} (${data.source} data) is not the one that this run was held under: name its data with --data`];
  return { environment, notes };
}
