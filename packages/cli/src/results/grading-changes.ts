import type { Regrading } from "@tau2/orchestrator/internal";
import type { Results, SimulationRun } from "@tau2/orchestrator/results";
import { formatReward, count } from "../ui/text.ts";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";

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
  { title: "task", value: ({ task_id }) => task_id, isName: true },
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
