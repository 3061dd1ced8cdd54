import { hasText } from "@tau2/domains/internal";
import { hasToolCalls, type Message } from "@tau2/domains";
import type { UserSimulator } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";
import type { ClockReading } from "./clock.ts";
import { applyMessage, executeToolCalls, type Conversation } from "./conversation.ts";

/**
 * Returns the messages that one side has seen (docs/spec/core.md#4, #5): its own messages, the results of its own tool calls, and the
 * counterpart's text. Tool calls of the counterpart stay hidden, also when they come with text.
 */
export function getVisibleMessages(messages: readonly Message[], side: "agent" | "user"): Message[] {
  const own = side === "agent" ? "assistant" : "user";
  let resultsAreOwn = false;
  return messages.filter((message) => {
    switch (message.role) {
      case "tool":
        return resultsAreOwn;
      case "assistant":
      case "user":
        resultsAreOwn = message.role === own;
        return message.role === own || (!hasToolCalls(message) && hasText(message));
      case "system":
        return false;
    }
  });
}

/** The participants of a conversation, with its clock and its cancellation. */
export interface Participants {
  agent: Agent;
  user: UserSimulator;
  /** See `startClock`. */
  clock(): ClockReading;
  /** Stops the conversation before its next step. */
  signal?: AbortSignal | undefined;
  /** Called with the conversation after every step. */
  onStep?: ((conversation: Conversation) => void) | undefined;
}

/**
 * Runs the conversation to its end. Errors thrown by participants propagate.
 * @throws the signal's reason once it is aborted
 * @example
 * ```ts
 * const ended = await runConversation(startConversation(rules, clock()), { agent: goldAgent({ task }), user: scriptedUser({ task }), clock });
 * ```
 */
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

/** Advances the conversation by one step. Returns a promise only if the next participant does. Errors of participants propagate. */
export function stepConversation(
  conversation: Conversation,
  { agent, user, clock, signal }: Omit<Participants, "onStep">,
): Conversation | Promise<Conversation> {
  const { nextSpeaker } = conversation;
  if (nextSpeaker === "environment") return executeToolCalls(conversation, clock());
  const turn = { messages: getVisibleMessages(conversation.messages, nextSpeaker), signal };
  const reply = nextSpeaker === "agent" ? agent.respond(turn) : user.respond(turn);
  if (reply instanceof Promise) return reply.then((message) => applyMessage(conversation, message, clock()));
  return applyMessage(conversation, reply, clock());
}
