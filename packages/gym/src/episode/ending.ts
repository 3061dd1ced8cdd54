import { isTau2Error, getPolicy } from "@tau2/domains";
import {
  evaluateMaybeSync,
  classifyFault,
  toTrajectory,
  toSimulationRun,
  type Conversation,
  type Evaluation,
  type Fault,
  type SimulationRun,
  type Trajectory,
} from "@tau2/orchestrator";
import type { MaybePromise } from "../maybe-promise.ts";
import type { EpisodeContext } from "./frame.ts";

/** A conversation that is over. */
export interface EpisodeOutcome {
  /** As results files hold it, with the grade still to be put in. */
  readonly simulation: SimulationRun;
  /** Null when it could not be graded. */
  readonly evaluation: Evaluation | null;
}

/** Closes and grades a conversation that is over. What goes wrong comes back as a fault. */
export function gradeEpisode(
  frame: EpisodeContext,
  conversation: Conversation,
  signal?: AbortSignal,
): MaybePromise<{ ending: EpisodeOutcome | null; fault: Fault | null }> {
  let trajectory: Trajectory;
  try {
    trajectory = toTrajectory(conversation);
  } catch (error) {
    return { ending: null, fault: classifyFault(error, conversation.lastSpeaker) };
  }
  const simulation = record(frame, trajectory);
  const graded = (evaluation: Evaluation) => ({ ending: { simulation, evaluation }, fault: null });
  const ungraded = (error: unknown) => ({
    ending: { simulation, evaluation: null },
    fault: classifyFault(error, isOurs(error) ? "environment" : "judge"),
  });
  const { rules, task, judge, withoutJudge } = frame;
  const { messages, terminationReason } = trajectory;
  const request = { environment: rules.environment, task, messages, terminationReason, withoutJudge };
  try {
    const evaluation = evaluateMaybeSync({ ...request, judge: judge ?? undefined, signal });
    return evaluation instanceof Promise ? evaluation.then(graded, ungraded) : graded(evaluation);
  } catch (error) {
    return ungraded(error);
  }
}

function record({ task, seed, start, clock, rules }: EpisodeContext, trajectory: Trajectory): SimulationRun {
  const span = { start, end: new Date(), seconds: clock().elapsed };
  return toSimulationRun({ task, trial: null, seed }, trajectory, span, getPolicy(rules.environment));
}

/** Whether grading failed before any judge was asked. */
function isOurs(error: unknown): boolean {
  return isTau2Error(error) && error.code !== "model";
}
