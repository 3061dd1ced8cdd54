import { createEnvironmentConfig, type EnvironmentConfig } from "@tau2/domains";
import type { StoredRun } from "@tau2/orchestrator";
import { domainWithData } from "../data/data-of.ts";
import type { CliIo } from "../io.ts";

/** The environment in which a run's simulations were held, as far as data and code are still the same. @throws UsageError for an unknown domain */
export async function environmentOf(
  io: CliIo,
  { results: { info, simulations }, config }: Pick<StoredRun, "results" | "config">,
  given: { readonly domain?: string; readonly data?: string },
): Promise<{ environment: EnvironmentConfig; notes: string[] }> {
  const told = (key: "domain" | "data") => (typeof config[key] === "string" ? config[key] : undefined);
  const name = given.domain ?? told("domain") ?? info.environment_info.domain_name;
  const { domain, data } = await domainWithData(io, name, given.data ?? told("data"));
  const environment = createEnvironmentConfig(domain, data, { solo: info.user_info.implementation === "dummy_user" });
  const policy = simulations.find((simulation) => simulation.policy !== null)?.policy ?? info.environment_info.policy;
  const known = [data.policy, data.soloPolicy];
  const notes = known.includes(policy)
    ? []
    : [`the policy of ${domain.name} (${data.source} data) is not the one that this run was held under: name its data with --data`];
  return { environment, notes };
}
