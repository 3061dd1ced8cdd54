import type { EnvironmentConfig, Task } from "@tau2/domains";
import { evaluate } from "../evaluate/evaluate.ts";
import type { EvaluationRequest } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-assertions.ts";
import { withGradingFault, withReport } from "../results/notes.ts";
import { isPlaceholder, type SimulationRun } from "../results/simulation-run.ts";
import { classifyFault, type Fault } from "./fault.ts";
import { faultInfo } from "./simulation.ts";

/** What a simulation is graded with. */
export interface GradeOptions extends Pick<EvaluationRequest, "type" | "strict" | "withoutJudge"> {
  environment: EnvironmentConfig;
  task: Task;
  judge?: NlJudge | undefined;
  signal?: AbortSignal | undefined;
}

/** A simulation with its grade and, in `info.tau2.report`, what lies behind it; or, where grading failed, the fault in `info.tau2.grading_fault`. */
export interface Graded {
  readonly simulation: SimulationRun;
  readonly fault: Fault | null;
}

/**
 * Grades a stored conversation, whether it was graded before or not. It never loses anything: when grading fails the simulation comes back
 * with `reward_info` null, to be graded again later. Placeholders of simulations that could not be held come back as they are.
 */
export async function gradeSimulation(simulation: SimulationRun, options: GradeOptions): Promise<Graded> {
  if (isPlaceholder(simulation)) return { simulation, fault: null };
  const { messages, termination_reason: terminationReason } = simulation;
  const watched = options.judge && watchJudge(options.judge);
  try {
    const { rewardInfo, report } = await evaluate({ ...options, judge: watched?.judge, messages: messages ?? [], terminationReason });
    return { simulation: { ...simulation, reward_info: rewardInfo, info: withReport(simulation.info, report) }, fault: null };
  } catch (error) {
    const fault = classifyFault(error, watched?.isAtWork() ? "judge" : "environment");
    return { simulation: { ...simulation, reward_info: null, info: withGradingFault(simulation.info, faultInfo(fault)) }, fault };
  }
}

/** A judge of whom it is known whether they were at work when something was thrown. */
function watchJudge(judge: NlJudge): { judge: NlJudge; isAtWork(): boolean } {
  let atWork = false;
  return {
    isAtWork: () => atWork,
    judge: {
      async judge(request) {
        atWork = true;
        const judgement = await judge.judge(request);
        atWork = false;
        return judgement;
      },
    },
  };
}
