import type { User } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";
import type { Conversation, Moment } from "./conversation.ts";
import { answerCalls, deliver } from "./step.ts";
import { viewOf } from "./view.ts";

/** Who takes part, and how the outside world comes in. */
export interface Participants {
  agent: Agent;
  user: User;
  clock(): Moment;
  signal?: AbortSignal;
  /** Told of every new value of the conversation. */
  onStep?(conversation: Conversation): void;
}

/** Asks whoever is next until the conversation is over. What a participant throws goes through. */
export async function converse(conversation: Conversation, participants: Participants): Promise<Conversation> {
  let current = conversation;
  while (!current.ended) {
    participants.signal?.throwIfAborted();
    const next = advance(current, participants);
    current = next instanceof Promise ? await next : next;
    participants.onStep?.(current);
  }
  return current;
}

/** One step: at once where whoever is next answers at once, later where a model is asked. */
export function advance(conversation: Conversation, participants: Omit<Participants, "onStep">): Conversation | Promise<Conversation> {
  const { agent, user, clock, signal } = participants;
  if (conversation.to === "environment") return answerCalls(conversation, clock());
  const turn = { messages: viewOf(conversation.messages, conversation.to), ...(signal ? { signal } : {}) };
  const reply = conversation.to === "agent" ? agent.respond(turn) : user.respond(turn);
  if (reply instanceof Promise) return reply.then((message) => deliver(conversation, message, clock()));
  return deliver(conversation, reply, clock());
}
