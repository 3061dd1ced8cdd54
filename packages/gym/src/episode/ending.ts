import { isTau2Error, policyOf } from "@tau2/domains";
import {
  evaluateAtOnce,
  faultOf,
  finish,
  simulationOf,
  type Conversation,
  type Evaluation,
  type Fault,
  type SimulationRun,
  type Trajectory,
} from "@tau2/orchestrator";
import type { MaybePromise } from "../maybe-promise.ts";
import type { Frame } from "./frame.ts";

/** A conversation that is over. */
export interface Ending {
  /** As results files hold it, with the grade still to be put in. */
  readonly simulation: SimulationRun;
  /** Null when it could not be graded. */
  readonly evaluation: Evaluation | null;
}

/** Closes and grades a conversation that is over. What goes wrong comes back as a fault. */
export function conclude(
  frame: Frame,
  conversation: Conversation,
  signal?: AbortSignal,
): MaybePromise<{ ending: Ending | null; fault: Fault | null }> {
  let trajectory: Trajectory;
  try {
    trajectory = finish(conversation);
  } catch (error) {
    return { ending: null, fault: faultOf(error, conversation.from) };
  }
  const simulation = record(frame, trajectory);
  const graded = (evaluation: Evaluation) => ({ ending: { simulation, evaluation }, fault: null });
  const ungraded = (error: unknown) => ({
    ending: { simulation, evaluation: null },
    fault: faultOf(error, isOurs(error) ? "environment" : "judge"),
  });
  const { rules, task, judge, withoutJudge } = frame;
  const { messages, terminationReason } = trajectory;
  const request = { environment: rules.environment, task, messages, terminationReason, withoutJudge };
  try {
    const evaluation = evaluateAtOnce({ ...request, judge: judge ?? undefined, signal });
    return evaluation instanceof Promise ? evaluation.then(graded, ungraded) : graded(evaluation);
  } catch (error) {
    return ungraded(error);
  }
}

function record({ task, seed, start, clock, rules }: Frame, trajectory: Trajectory): SimulationRun {
  const span = { start, end: new Date(), seconds: clock().elapsed };
  return simulationOf({ task, trial: null, seed }, trajectory, span, policyOf(rules.environment));
}

/** Whether grading failed before any judge was asked. */
function isOurs(error: unknown): boolean {
  return isTau2Error(error) && error.code !== "model";
}
