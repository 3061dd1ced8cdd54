import type { EnvironmentSetup, Json, Task } from "@tau2/domains";
import { evaluate } from "../evaluate/evaluate.ts";
import type { EvaluationRequest } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-assertions.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import { faultOf, type Fault } from "./fault.ts";
import { faultInfo } from "./simulation.ts";

/** What a simulation is graded with. */
export interface GradeOptions extends Pick<EvaluationRequest, "type" | "strict" | "withoutJudge"> {
  environment: EnvironmentSetup;
  task: Task;
  judge?: NlJudge | undefined;
  signal?: AbortSignal | undefined;
}

/** A simulation with its grade, what lies behind it in `info.tau2.report`; or, where grading failed, without one, the fault in its `info`. */
export interface Graded {
  readonly simulation: SimulationRun;
  readonly fault: Fault | null;
}

/**
 * Grades a stored conversation, whether it was graded before or not. It never loses anything: when grading fails the simulation comes back
 * with `reward_info` null, to be graded again later. Placeholders of simulations that could not be held come back as they are.
 */
export async function gradeSimulation(simulation: SimulationRun, options: GradeOptions): Promise<Graded> {
  if (simulation.termination_reason === "infrastructure_error") return { simulation, fault: null };
  const { messages, termination_reason: terminationReason } = simulation;
  const watched = options.judge && watchJudge(options.judge);
  try {
    const { rewardInfo, report } = await evaluate({ ...options, judge: watched?.judge, messages: messages ?? [], terminationReason });
    return { simulation: { ...simulation, reward_info: rewardInfo, info: { tau2: { report: report as unknown as Json } } }, fault: null };
  } catch (error) {
    const fault = faultOf(error, watched?.isAtWork() ? "judge" : "environment");
    return { simulation: { ...simulation, reward_info: null, info: faultInfo(fault) }, fault };
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
