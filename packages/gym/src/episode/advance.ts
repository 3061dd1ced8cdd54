import { stepConversation, type Conversation, type Participants } from "@tau2/orchestrator";
import type { MaybePromise } from "../maybe-promise.ts";
import type { Side } from "./frame.ts";

/** How far a conversation got: to the learner's turn or its end, or to where somebody else threw something. */
export interface Reached {
  readonly conversation: Conversation;
  /** Undefined when nobody threw. */
  readonly thrown?: { readonly error: unknown };
}

/** Asks whoever is next until it is the learner's turn or the conversation is over. */
export function advanceToLearner(
  conversation: Conversation,
  participants: Omit<Participants, "onStep">,
  learner: Side,
): MaybePromise<Reached> {
  let current = conversation;
  while (!current.ended && current.nextSpeaker !== learner) {
    const before = current;
    const failed = (error: unknown): Reached => ({ conversation: before, thrown: { error } });
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
