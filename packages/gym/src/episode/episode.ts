import { isTau2Error, type ParticipantMessage } from "@tau2/domains";
import { getPolicy } from "@tau2/domains/internal";
import {
  type Conversation,
  type Participants,
  toTrajectory,
  type Fault,
  type SimulationRun,
  type Trajectory,
  startConversation,
  applyMessage,
} from "@tau2/orchestrator";
import type { Evaluation } from "@tau2/orchestrator/evaluate";
import { stepConversation, evaluateMaybeSync, classifyFault, toSimulationRun, findCulprit } from "@tau2/orchestrator/internal";
import { type MaybePromise, mapMaybePromise } from "../env/maybe-promise.ts";
import type { Side, EpisodeContext } from "./episode-context.ts";

/** How far a conversation got: to the learner's turn or its end, or to where somebody else threw something. */
export interface AdvanceResult {
  readonly conversation: Conversation;
  /** Undefined when nobody threw. */
  readonly thrown?: { readonly error: unknown };
}

/** Asks whoever is next until it is the learner's turn or the conversation is over. */
export function advanceToLearner(
  conversation: Conversation,
  participants: Omit<Participants, "onStep">,
  learner: Side,
): MaybePromise<AdvanceResult> {
  let current = conversation;
  while (!current.ended && current.nextSpeaker !== learner) {
    const before = current;
    const failed = (error: unknown): AdvanceResult => ({ conversation: before, thrown: { error } });
    try {
      const next = stepConversation(before, participants);
      if (next instanceof Promise) return next.then((value) => advanceToLearner(value, participants, learner), failed);
      current = next;
    } catch (error) {
      return failed(error);
    }
  }
  return { conversation: current };
}

/** A conversation that is over. */
export interface EpisodeOutcome {
  /** As results files hold it, with the grade still to be put in. */
  readonly simulation: SimulationRun;
  /** Null when it could not be graded. */
  readonly evaluation: Evaluation | null;
}

/** Closes and grades a conversation that is over. What goes wrong comes back as a fault. */
export function gradeEpisode(
  context: EpisodeContext,
  conversation: Conversation,
  signal?: AbortSignal,
): MaybePromise<{ outcome: EpisodeOutcome | null; fault: Fault | null }> {
  let trajectory: Trajectory;
  try {
    trajectory = toTrajectory(conversation);
  } catch (error) {
    return { outcome: null, fault: classifyFault(error, conversation.lastSpeaker) };
  }
  const simulation = createSimulation(context, trajectory);
  const graded = (evaluation: Evaluation) => ({ outcome: { simulation, evaluation }, fault: null });
  const ungraded = (error: unknown) => ({
    outcome: { simulation, evaluation: null },
    fault: classifyFault(error, isBeforeJudge(error) ? "environment" : "judge"),
  });
  const { rules, task, judge, withoutJudge } = context;
  const { messages, terminationReason } = trajectory;
  const request = { environment: rules.environment, task, messages, terminationReason, withoutJudge };
  try {
    const evaluation = evaluateMaybeSync({ ...request, judge: judge ?? undefined, signal });
    return evaluation instanceof Promise ? evaluation.then(graded, ungraded) : graded(evaluation);
  } catch (error) {
    return ungraded(error);
  }
}

function createSimulation({ task, seed, start, clock, rules }: EpisodeContext, trajectory: Trajectory): SimulationRun {
  const span = { start, end: new Date(), seconds: clock().elapsed };
  return toSimulationRun({ task, trial: null, seed }, trajectory, span, getPolicy(rules.environment));
}

/** Whether grading failed before any judge was asked. */
function isBeforeJudge(error: unknown): boolean {
  return isTau2Error(error) && error.code !== "model";
}

/**
 * An episode at one moment, as a value: keep it, go back to it, branch from it. All participants are functions of the conversation, so this
 * is all there is to know.
 */
export interface Episode {
  readonly context: EpisodeContext;
  readonly conversation: Conversation;
  /** Null while it goes on, and when it broke off. */
  readonly outcome: EpisodeOutcome | null;
  /** What kept somebody else from playing, or the end from being graded. The episode is over. */
  readonly fault: Fault | null;
}

/** Whether nothing can happen in it any more. */
export function isOver({ outcome, fault }: Episode): boolean {
  return outcome !== null || fault !== null;
}

/** An episode at the learner's first turn. @throws Tau2Error when the task's initial state cannot be made */
export function openEpisode(context: EpisodeContext, signal?: AbortSignal): MaybePromise<Episode> {
  return proceed(context, startConversation(context.rules, context.clock()), signal);
}

/** The episode at the learner's next turn, or at its end, after a message of the learner. */
export function continueEpisode(
  { context, conversation }: Episode,
  message: ParticipantMessage,
  signal?: AbortSignal,
): MaybePromise<Episode> {
  return proceed(context, applyMessage(conversation, message, context.clock()), signal);
}

function proceed(context: EpisodeContext, from: Conversation, signal: AbortSignal | undefined): MaybePromise<Episode> {
  const participants = { ...context.participants, clock: context.clock, ...(signal ? { signal } : {}) };
  return mapMaybePromise(advanceToLearner(from, participants, context.learner), ({ conversation, thrown }) => {
    const episode: Episode = { context, conversation, outcome: null, fault: null };
    if (thrown) return { ...episode, fault: classifyFault(thrown.error, findCulprit(conversation, thrown.error)) };
    if (!conversation.ended) return episode;
    return mapMaybePromise(gradeEpisode(context, conversation, signal), (end) => ({ ...episode, ...end }));
  });
}
