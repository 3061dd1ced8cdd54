import type { EnvironmentConfig, Task } from "@tau2/domains";
import { evaluate } from "../evaluate/evaluate.ts";
import type { EvaluationRequest } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-judge.ts";
import { withGradingFault, withReport } from "../results/notes.ts";
import { isPlaceholder, type SimulationRun } from "../results/results.ts";
import { classifyFault, type Fault } from "./fault.ts";
import { toFaultInfo } from "./simulation-record.ts";

/** Options of {@link gradeSimulation}. */
export interface GradeOptions extends Pick<EvaluationRequest, "type" | "strict" | "withoutJudge"> {
  environment: EnvironmentConfig;
  task: Task;
  /** Judge of natural-language assertions. */
  judge?: NlJudge | undefined;
  /** Cancels the judge. */
  signal?: AbortSignal | undefined;
}

/** A simulation with its reward and, in `info.tau2.report`, the details; or with the fault of its grading in `info.tau2.grading_fault`. */
export interface Graded {
  readonly simulation: SimulationRun;
  /** Null if grading succeeded. */
  readonly fault: Fault | null;
}

/**
 * Grades a stored conversation, replacing an earlier grade. If grading fails, the simulation is returned with `reward_info: null` and can be
 * graded later. Placeholders of failed simulations are returned unchanged.
 * @example
 * ```ts no-run
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { gradeSimulation } from "@tau2/orchestrator";
 * import { readResults } from "@tau2/orchestrator/results";
 *
 * const data = loadData(mock);
 * const environment = createEnvironmentConfig(mock, data);
 * for (const stored of readResults("results.json").simulations) {
 *   const task = data.tasks().find(({ id }) => id === stored.task_id)!;
 *   const { simulation, fault } = await gradeSimulation(stored, { environment, task });
 *   console.log(simulation.reward_info?.reward, fault);
 * }
 * ```
 */
export async function gradeSimulation(simulation: SimulationRun, options: GradeOptions): Promise<Graded> {
  if (isPlaceholder(simulation)) return { simulation, fault: null };
  const { messages, termination_reason: terminationReason } = simulation;
  const watched = options.judge && watchJudge(options.judge);
  try {
    const { rewardInfo, report } = await evaluate({ ...options, judge: watched?.judge, messages: messages ?? [], terminationReason });
    return { simulation: { ...simulation, reward_info: rewardInfo, info: withReport(simulation.info, report) }, fault: null };
  } catch (error) {
    const fault = classifyFault(error, watched?.isRunning() ? "judge" : "environment");
    return { simulation: { ...simulation, reward_info: null, info: withGradingFault(simulation.info, toFaultInfo(fault)) }, fault };
  }
}

/** Wraps a judge so that an error can be attributed to it. */
function watchJudge(judge: NlJudge): { judge: NlJudge; isRunning(): boolean } {
  let running = false;
  return {
    isRunning: () => running,
    judge: {
      async judge(request) {
        running = true;
        const judgement = await judge.judge(request);
        running = false;
        return judgement;
      },
    },
  };
}
