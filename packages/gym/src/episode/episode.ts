import { isTau2Error, type ParticipantMessage } from "@tau2/domains";
import { begin, deliver, faultOf, type Conversation, type Fault, type FaultRole } from "@tau2/orchestrator";
import { followedBy, type MaybePromise } from "../maybe-promise.ts";
import { advanceToLearner } from "./advance.ts";
import { conclude, type Ending } from "./ending.ts";
import type { Frame } from "./frame.ts";

/**
 * An episode at one moment, as a value: keep it, go back to it, branch from it. All participants are functions of the conversation, so this
 * is all there is to know.
 */
export interface Episode {
  readonly frame: Frame;
  readonly conversation: Conversation;
  /** Null while it goes on, and when it broke off. */
  readonly ending: Ending | null;
  /** What kept somebody else from playing, or the end from being graded. The episode is over. */
  readonly fault: Fault | null;
}

/** Whether nothing can happen in it any more. */
export function isOver({ ending, fault }: Episode): boolean {
  return ending !== null || fault !== null;
}

/** An episode at the learner's first turn. @throws Tau2Error when the task's initial state cannot be made */
export function openEpisode(frame: Frame, signal?: AbortSignal): MaybePromise<Episode> {
  return proceed(frame, begin(frame.rules, frame.clock()), signal);
}

/** The episode at the learner's next turn, or at its end, after a message of the learner. */
export function continueEpisode(
  { frame, conversation }: Episode,
  message: ParticipantMessage,
  signal?: AbortSignal,
): MaybePromise<Episode> {
  return proceed(frame, deliver(conversation, message, frame.clock()), signal);
}

function proceed(frame: Frame, from: Conversation, signal: AbortSignal | undefined): MaybePromise<Episode> {
  const participants = { ...frame.participants, clock: frame.clock, ...(signal ? { signal } : {}) };
  return followedBy(advanceToLearner(from, participants, frame.learner), ({ conversation, thrown }) => {
    const episode: Episode = { frame, conversation, ending: null, fault: null };
    if (thrown) return { ...episode, fault: faultOf(thrown.error, culprit(conversation, thrown.error)) };
    if (!conversation.ended) return episode;
    return followedBy(conclude(frame, conversation, signal), (end) => ({ ...episode, ...end }));
  });
}

/** Whose turn it was, or whose message the environment could do nothing with. */
function culprit({ from, to }: Conversation, error: unknown): FaultRole {
  if (to !== "environment") return to;
  return isTau2Error(error) && error.code === "protocol" ? from : "environment";
}
