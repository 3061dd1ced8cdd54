import { isTau2Error } from "@tau2/domains";
import { getPolicy, type ParticipantMessage } from "@tau2/domains/internal";
import { type Conversation, toTrajectory, type Fault, type Trajectory, startConversation, applyMessage } from "@tau2/orchestrator";
import type { SimulationRun } from "@tau2/orchestrator/results";
import type { Evaluation } from "@tau2/orchestrator/evaluate";
import {
  stepConversation,
  evaluateMaybeSync,
  classifyFault,
  toSimulationRun,
  findCulprit,
  type Participants,
} from "@tau2/orchestrator/internal";
import type { Side, EpisodeContext } from "./episode-context.ts";

/** A value, or a promise of it if a model has to answer first. */
export type MaybePromise<T> = T | Promise<T>;

/** Applies a function to a value: synchronously to a value, later to a promise. */
export function mapMaybePromise<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Conversation at the learner's turn, at its end, or before the step that threw an error. */
export interface AdvanceResult {
  readonly conversation: Conversation;
  /** Set if a participant threw an error. */
  readonly thrown?: { readonly error: unknown };
}

/** Advances the conversation until the learner's turn or its end. */
function advanceToLearner(
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

/** Outcome of a conversation that is over. */
export interface EpisodeOutcome {
  /** Simulation as results files hold it, without its grade. */
  readonly simulation: SimulationRun;
  /** Null if the grading failed. */
  readonly evaluation: Evaluation | null;
}

/** Finishes and grades a conversation that is over. Returns errors as a fault. */
function gradeEpisode(
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
    /** Null before the end, and if a fault interrupted the conversation. */
    outcome: { simulation, evaluation: null },
    /** Fault of another participant or of the grading. The episode is over. */
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

/** Returns whether grading failed before the judge was called. */
function isBeforeJudge(error: unknown): boolean {
  return isTau2Error(error) && error.code !== "model";
}

/**
 * Episode at one moment, as an immutable value: keep it, restore it, branch from it. Participants depend only on the conversation, so it
 * holds the whole state.
 */
export interface Episode {
  readonly context: EpisodeContext;
  readonly conversation: Conversation;
  /** Null before the end, and if a fault interrupted the conversation. */
  readonly outcome: EpisodeOutcome | null;
  /** Fault of another participant or of the grading. The episode is over. */
  readonly fault: Fault | null;
}

/** Returns whether the episode is over. */
export function isOver({ outcome, fault }: Episode): boolean {
  return outcome !== null || fault !== null;
}

/** Starts an episode, and advances it to the learner's first turn. @throws Tau2Error if the task's initial state cannot be created */
export function openEpisode(context: EpisodeContext, signal?: AbortSignal): MaybePromise<Episode> {
  return proceed(context, startConversation(context.rules, context.clock()), signal);
}

/** Applies a message of the learner, and advances the episode to the learner's next turn or the end. */
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
