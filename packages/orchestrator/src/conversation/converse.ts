import type { UserSimulator } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";
import type { Conversation, ClockReading } from "./conversation.ts";
import { executeToolCalls, applyMessage } from "./step.ts";
import { getVisibleMessages } from "./view.ts";

/** Who takes part, and how the outside world comes in. */
export interface Participants {
  agent: Agent;
  user: UserSimulator;
  clock(): ClockReading;
  signal?: AbortSignal;
  /** Told of every new value of the conversation. */
  onStep?(conversation: Conversation): void;
}

/** Asks whoever is next until the conversation is over. What a participant throws goes through. */
export async function runConversation(conversation: Conversation, participants: Participants): Promise<Conversation> {
  let current = conversation;
  while (!current.ended) {
    participants.signal?.throwIfAborted();
    const next = stepConversation(current, participants);
    current = next instanceof Promise ? await next : next;
    participants.onStep?.(current);
  }
  return current;
}

/** One step: at once where whoever is next answers at once, later where a model is asked. */
export function stepConversation(
  conversation: Conversation,
  participants: Omit<Participants, "onStep">,
): Conversation | Promise<Conversation> {
  const { agent, user, clock, signal } = participants;
  if (conversation.nextSpeaker === "environment") return executeToolCalls(conversation, clock());
  const turn = { messages: getVisibleMessages(conversation.messages, conversation.nextSpeaker), ...(signal ? { signal } : {}) };
  const reply = conversation.nextSpeaker === "agent" ? agent.respond(turn) : user.respond(turn);
  if (reply instanceof Promise) return reply.then((message) => applyMessage(conversation, message, clock()));
  return applyMessage(conversation, reply, clock());
}
