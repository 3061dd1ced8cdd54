import { computeMetrics, coverageOf, type Coverage, type Metrics, type Results } from "@tau2/orchestrator";
import { componentsOf } from "../ui/component-marks.ts";

/** The figures of a run; no metrics where nothing was graded. */
export interface RunFigures {
  readonly metrics: Metrics | null;
  readonly coverage: Coverage;
}

export function figuresOf({ simulations, info, tasks }: Results): RunFigures {
  const coverage = coverageOf(simulations, info, tasks);
  return { metrics: coverage.graded > 0 ? computeMetrics(simulations, info) : null, coverage };
}

/** What `tau2 run --json` writes: the figures and a line for each simulation. Conversations are in the results file. */
export function jsonReport(name: string, path: string, results: Results, { metrics, coverage }: RunFigures, interrupted: boolean): unknown {
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
    simulations: simulations.map((simulation) => ({
      id: simulation.id,
      task_id: simulation.task_id,
      trial: simulation.trial,
      reward: simulation.reward_info?.reward ?? null,
      termination_reason: simulation.termination_reason,
      messages: (simulation.messages ?? []).length,
      duration: simulation.duration,
      agent_cost: simulation.agent_cost,
      user_cost: simulation.user_cost,
      components: componentsOf(simulation),
      error: simulation.info?.["error"] ?? null,
    })),
  };
}
