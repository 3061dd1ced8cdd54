import { didYouMean } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { UsageError } from "../errors.ts";
import { isFailed } from "./is-failed.ts";

/** Options of `tau2 replay` that select simulations. */
export interface SimulationChoice {
  readonly id?: string | undefined;
  readonly taskId?: string | undefined;
  /** Counted from 1. */
  readonly trial?: number | undefined;
  readonly failed?: boolean | undefined;
}

/** Returns the first simulation that options select. @throws UsageError if there is not one */
export function chooseSimulation(simulations: readonly SimulationRun[], { id, taskId, trial, failed }: SimulationChoice): SimulationRun {
  const first = simulations.find(
    (simulation) =>
      (!failed || isFailed(simulation)) &&
      (id === undefined || simulation.id === id) &&
      (taskId === undefined || simulation.task_id === taskId) &&
      (trial === undefined || (simulation.trial ?? 0) + 1 === trial),
  );
  if (first) return first;
  const hint = taskId === undefined ? "" : didYouMean(taskId, new Set(simulations.map(({ task_id }) => task_id)));
  if (failed && id === undefined && taskId === undefined) throw new UsageError("no simulation of the run failed");
  throw new UsageError(`no such simulation among the ${simulations.length} of the run${hint}`);
}

/** Names the other simulations that the options select, so that one of them can be chosen next. */
export function formatOthers(
  all: readonly SimulationRun[],
  shown: SimulationRun,
  { id, taskId, trial, failed }: SimulationChoice,
): string[] {
  if (id !== undefined || taskId !== undefined || trial !== undefined) return [];
  const others = all.filter((simulation) => simulation !== shown && (!failed || isFailed(simulation)));
  if (others.length === 0) return [];
  const next = others[0]!;
  const kind = failed ? "failed simulations" : "simulations";
  return ["", `the first of ${others.length + 1} ${kind}; the next one: --task-id '${next.task_id}' --trial ${(next.trial ?? 0) + 1}`];
}
