import { isRecord } from "@tau2/domains/internal";
import type { RewardType } from "@tau2/domains";
import type { SimulationRun } from "@tau2/orchestrator";
import type { ComponentReport, FindingStatus } from "@tau2/orchestrator/evaluate";

/** What became of the components that count for a simulation's reward, by name. Empty for one that was not graded. */
export function componentsOf({ info }: Pick<SimulationRun, "info">): Partial<Record<RewardType, FindingStatus>> {
  const own = info?.["tau2"];
  const report = isRecord(own) ? (own["report"] as unknown as ComponentReport | undefined) : undefined;
  const counted = Object.entries(report?.components ?? {}).filter(([, finding]) => finding.in_basis);
  return Object.fromEntries(counted.map(([name, { status }]) => [name, status]));
}

const marks: Readonly<Record<FindingStatus, string>> = { met: "✓", unmet: "✗", vacuous: "∅", not_graded: "?", failed: "!" };

const meanings: Partial<Record<FindingStatus, string>> = {
  vacuous: "∅ the task gives nothing to check, which counts as met",
  not_graded: "? nobody judged it",
  failed: "! it could not be checked",
};

/** The components on one line: `DB ✓, COMMUNICATE ∅`. */
export function componentMarks(simulation: Pick<SimulationRun, "info">): string {
  return Object.entries(componentsOf(simulation))
    .map(([name, status]) => `${name} ${marks[status]}`)
    .join(", ");
}

/** What the marks mean that are there and that nobody would guess. */
export function markLegend(simulations: readonly Pick<SimulationRun, "info">[]): string[] {
  const seen = new Set(simulations.flatMap((simulation) => Object.values(componentsOf(simulation))));
  return Object.entries(meanings)
    .filter(([status]) => seen.has(status as FindingStatus))
    .map(([, meaning]) => meaning);
}
