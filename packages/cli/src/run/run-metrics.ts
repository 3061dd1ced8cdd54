import { computeMetrics, computeCoverage, computeMetricIntervals, type Metrics } from "@tau2/orchestrator/metrics";
import type { Results, SimulationRun } from "@tau2/orchestrator/results";
import type { ComponentReport } from "@tau2/orchestrator/evaluate";
import type { FindingStatus, Coverage, MetricIntervals } from "@tau2/orchestrator/internal";
import { isRecord, type RewardType } from "@tau2/domains/internal";

/** Metrics of a run; `metrics` is null if no simulation was graded. */
export interface RunMetrics {
  readonly metrics: Metrics | null;
  /** Intervals of the same simulations. */
  readonly intervals: MetricIntervals;
  readonly coverage: Coverage;
  /** True if the databases count for any reward; otherwise their matches say little. */
  readonly databasesCount: boolean;
}

export function computeRunMetrics({ simulations, info, tasks }: Results): RunMetrics {
  const coverage = computeCoverage(simulations, info, tasks);
  const databasesCount = simulations.some(({ reward_info }) => reward_info?.reward_basis?.includes("DB"));
  return {
    metrics: coverage.graded > 0 ? computeMetrics(simulations, info) : null,
    intervals: computeMetricIntervals(simulations, info),
    coverage,
    databasesCount,
  };
}

/** Returns true if every planned simulation was played and graded. */
export function isComplete({ coverage }: RunMetrics): boolean {
  return coverage.graded === coverage.planned;
}

/** Creates the document of `tau2 run --json`: the metrics and a line for each simulation. Conversations are in the results file. */
export function createJsonReport(
  name: string,
  path: string,
  results: Results,
  { metrics, intervals, coverage }: RunMetrics,
  interrupted: boolean,
): unknown {
  const { info, simulations } = results;
  return {
    run: name,
    results_file: path,
    interrupted,
    domain: info.environment_info.domain_name,
    agent: { implementation: info.agent_info.implementation, llm: info.agent_info.llm },
    user: { implementation: info.user_info.implementation, llm: info.user_info.llm },
    num_trials: info.num_trials,
    seed: info.seed,
    coverage,
    metrics,
    intervals,
    simulations: simulations.map((simulation) => ({
      trial: simulation.trial,
      task_id: simulation.task_id,
      id: simulation.id,
      reward: simulation.reward_info?.reward ?? null,
      termination_reason: simulation.termination_reason,
      messages: (simulation.messages ?? []).length,
      duration: simulation.duration,
      agent_cost: simulation.agent_cost,
      user_cost: simulation.user_cost,
      components: getComponents(simulation),
      error: simulation.info?.["error"] ?? null,
    })),
  };
}

/** Returns the status of each component that counts for a simulation's reward; empty if it was not graded. */
export function getComponents({ info }: Pick<SimulationRun, "info">): Partial<Record<RewardType, FindingStatus>> {
  const own = info?.["tau2"];
  const report = isRecord(own) ? (own["report"] as unknown as ComponentReport | undefined) : undefined;
  const counted = Object.entries(report?.components ?? {}).filter(([, finding]) => finding.in_basis);
  return Object.fromEntries(counted.map(([name, { status }]) => [name, status]));
}
