import { type Message, Tau2Error } from "@tau2/domains";
import type { Conversation, TerminationReason } from "./conversation.ts";

/** A finished conversation as it is stored and graded. */
export interface Trajectory {
  readonly terminationReason: TerminationReason;
  /** With `turn_idx` counted from 0. */
  readonly messages: readonly Message[];
  /** US dollars; null when any own message has no known cost. */
  readonly agentCost: number | null;
  readonly userCost: number | null;
}

/**
 * What is left of a conversation when it is over (spec core 6.5).
 * @throws Tau2Error `protocol` when it goes on, or when it was stopped by a message that still calls tools.
 */
export function toTrajectory(conversation: Conversation): Trajectory {
  const { ended, nextSpeaker } = conversation;
  if (!ended) throw new Tau2Error("protocol", `the conversation is not over: it is the ${nextSpeaker}'s turn`);
  if (nextSpeaker === "environment" && ended !== "agent_error" && ended !== "user_error") {
    throw new Tau2Error(
      "protocol",
      "Environment should not receive the last message: a message cannot both stop the conversation and call tools",
    );
  }
  const messages = conversation.messages.map((message, i) => ({ ...message, turn_idx: i }));
  return { terminationReason: ended, messages, agentCost: computeCost(messages, "assistant"), userCost: computeCost(messages, "user") };
}

function computeCost(messages: readonly Message[], role: "assistant" | "user"): number | null {
  let sum = 0;
  for (const message of messages) {
    if (message.role !== role) continue;
    if (message.cost === null || message.cost === undefined) return null;
    sum += message.cost;
  }
  return sum;
}
