import { isTau2Error, type ParticipantMessage } from "@tau2/domains";
import { startConversation, applyMessage, classifyFault, type Conversation, type Fault, type FaultRole } from "@tau2/orchestrator";
import { mapMaybePromise, type MaybePromise } from "../maybe-promise.ts";
import { advanceToLearner } from "./advance.ts";
import { gradeEpisode, type EpisodeOutcome } from "./ending.ts";
import type { EpisodeContext } from "./frame.ts";

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
export function openEpisode(frame: EpisodeContext, signal?: AbortSignal): MaybePromise<Episode> {
  return proceed(frame, startConversation(frame.rules, frame.clock()), signal);
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
    if (thrown) return { ...episode, fault: classifyFault(thrown.error, culprit(conversation, thrown.error)) };
    if (!conversation.ended) return episode;
    return mapMaybePromise(gradeEpisode(context, conversation, signal), (end) => ({ ...episode, ...end }));
  });
}

/** Whose turn it was, or whose message the environment could do nothing with. */
function culprit({ lastSpeaker, nextSpeaker }: Conversation, error: unknown): FaultRole {
  if (nextSpeaker !== "environment") return nextSpeaker;
  return isTau2Error(error) && error.code === "protocol" ? lastSpeaker : "environment";
}
