import { hasText, hasToolCalls, type Message } from "@tau2/domains";
import type { UserSimulator } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";
import type { Conversation, ClockReading } from "./conversation.ts";
import { executeToolCalls, applyMessage } from "./step.ts";

/**
 * What one side has seen of a trajectory (docs/spec/core.md#4, #5): its own messages, the answers to its own calls, and what the other side said to it.
 * The other side's calls, even with text beside them, and their answers stay hidden.
 */
export function getVisibleMessages(messages: readonly Message[], side: "agent" | "user"): Message[] {
  const own = side === "agent" ? "assistant" : "user";
  let answersAreOwn = false;
  return messages.filter((message) => {
    switch (message.role) {
      case "tool":
        return answersAreOwn;
      case "assistant":
      case "user":
        answersAreOwn = message.role === own;
        return message.role === own || (!hasToolCalls(message) && hasText(message));
      case "system":
        return false;
    }
  });
}

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
