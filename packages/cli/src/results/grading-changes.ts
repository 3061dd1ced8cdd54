import type { Results, SimulationRun } from "@tau2/orchestrator/results";
import type { Regrading } from "@tau2/orchestrator/internal";
import type { StoredRun } from "@tau2/orchestrator/store";
import { formatReward, count } from "../ui/text.ts";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";
import { type DomainData, createEnvironmentConfig, type EnvironmentConfig } from "@tau2/domains";
import { loadDomainWithData } from "../data/data-directory.ts";
import type { CliIo } from "../io.ts";

/** A simulation whose grade came out otherwise than before, or not at all. */
export interface GradingChange {
  readonly simulation_id: string;
  readonly task_id: string;
  readonly trial: number | null;
  readonly before: number | null;
  readonly after: number | null;
  /** Parts of the reward that changed, such as `DB 1 → 0`; or why it could not be graded. */
  readonly what: string;
}

/** Changes by grading again: rewards, and parts of them that only the breakdown shows. */
export function findGradingChanges(before: Results, after: Results, gradings: readonly Regrading[]): GradingChange[] {
  return gradings.flatMap(({ simulation_id, task_id, trial, before: old, after: now, fault }, i) => {
    const parts = changedParts(before.simulations[i]!, after.simulations[i]!);
    if (fault === null && old === now && parts.length === 0) return [];
    return [{ simulation_id, task_id, trial, before: old, after: now, what: fault ?? parts.join(", ") }];
  });
}

/** Formats the number of unchanged simulations and a table of the changed ones. */
export function formatGradingChanges(gradings: readonly Regrading[], changes: readonly GradingChange[], style: TableStyle): string[] {
  const faults = gradings.filter(({ fault }) => fault !== null).length;
  const changed = changes.length - faults;
  const summary = `${count(gradings.length, "simulation")} graded again: ${gradings.length - changes.length} as before, ${changed} changed, ${faults} not gradable`;
  return changes.length === 0 ? [summary] : [summary, "", ...formatTable(columns, changes, style)];
}

const columns: Column<GradingChange>[] = [
  { title: "task", value: ({ task_id }) => task_id },
  { title: "trial", value: ({ trial }) => String((trial ?? 0) + 1), align: "right" },
  { title: "before", value: ({ before }) => formatReward(before), align: "right" },
  { title: "after", value: ({ after }) => formatReward(after), align: "right" },
  { title: "what", value: ({ what }) => what },
];

function changedParts({ reward_info: before }: SimulationRun, { reward_info: after }: SimulationRun): string[] {
  const [old, now] = [before?.reward_breakdown ?? {}, after?.reward_breakdown ?? {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])] as (keyof typeof old)[];
  return names.filter((name) => old[name] !== now[name]).map((name) => `${name} ${old[name] ?? "-"} → ${now[name] ?? "-"}`);
}

/** The same results with the tasks that a domain's data has now; a task that is not there any more stays as it is stored (docs/spec/core.md#7-9). */
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

/** The environment in which a run's simulations were held, as far as data and code are still the same. @throws UsageError for an unknown domain */
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
