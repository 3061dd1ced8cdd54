import { didYouMean } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator";
import { UsageError } from "../cli-error.ts";
import type { RunValues } from "../config/run-options.ts";

/** Ends that are nobody's merit; what infrastructure broke is played again anyway. */
const errors: ReadonlySet<string> = new Set(["agent_error", "user_error", "unexpected_error", "context_window_exceeded"]);

/** Picks what is done and to be played again. @throws UsageError for a task that is not in the run */
export function playAgain(
  { retry_errors: retryErrors, rerun_tasks: ids = [] }: RunValues,
  tasks: readonly { id: string }[],
): (simulation: SimulationRun) => boolean {
  const known = new Set(tasks.map(({ id }) => id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) throw new UsageError(`--rerun-tasks: the run has no task '${unknown}'${didYouMean(unknown, known)}`);
  return ({ task_id, termination_reason }) => ids.includes(task_id) || (retryErrors === true && errors.has(termination_reason));
}
