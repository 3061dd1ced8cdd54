import { getPolicy } from "@tau2/domains/internal";
import { toTrajectory, withReport, type SimulationRun } from "@tau2/orchestrator";
import { evaluateWithoutJudge, type Evaluation } from "@tau2/orchestrator/evaluate";
import { toSimulationRun } from "@tau2/orchestrator/internal";
import type { Episode } from "../episode/episode.ts";

/**
 * An episode as results files hold it, with its grade. One that was cut off because the model's turns were used up, or that the model left, stands
 * there as one whose steps were used up. Null when it broke off.
 * @param trial which attempt at the task it was
 */
export function toUngradedSimulation({ context, conversation, outcome, fault }: Episode, trial: number): SimulationRun | null {
  if (outcome) return graded({ ...outcome.simulation, trial }, outcome.evaluation);
  if (fault || conversation.nextSpeaker !== context.learner) return null;
  const { task, seed, start, clock, withoutJudge, rules } = context;
  const trajectory = toTrajectory({ ...conversation, ended: "max_steps" });
  const span = { start, end: new Date(), seconds: clock().elapsed };
  const { messages, terminationReason } = trajectory;
  return graded(
    toSimulationRun({ task, trial, seed }, trajectory, span, getPolicy(rules.environment)),
    evaluateWithoutJudge({ environment: rules.environment, task, messages, terminationReason, withoutJudge }),
  );
}

function graded(simulation: SimulationRun, evaluation: Evaluation | null): SimulationRun {
  if (!evaluation) return simulation;
  return { ...simulation, reward_info: evaluation.rewardInfo, info: withReport(simulation.info, evaluation.report) };
}
