import {
  hasText,
  hasToolCalls,
  Tau2Error,
  type ParticipantMessage,
  executeToolCall,
  type AssistantMessage,
  type Message,
  type UserMessage,
} from "@tau2/domains";
import type { ConversationRules, Conversation, ClockReading, Speaker, TerminationReason } from "./conversation.ts";
import { isUserStop } from "@tau2/user-sim";

/** @throws Tau2Error `protocol` when a message neither says anything nor calls anything. */
export function requireSubstance(message: ParticipantMessage): void {
  if (hasText(message) || hasToolCalls(message)) return;
  const name = message.role === "assistant" ? "AssistantMessage" : "UserMessage";
  throw new Tau2Error("protocol", `${name} must have either content or tool_calls. Got an empty message.`);
}

/** What the optional communication check says of a message: whose error it is, or null (docs/spec/core.md#6-4). */
export function findProtocolViolation(message: ParticipantMessage, rules: ConversationRules): "agent_error" | "user_error" | null {
  const fault = message.role === "assistant" ? "agent_error" : "user_error";
  if (hasToolCalls(message) === hasText(message)) return fault;
  const mustNotTalk = rules.environment.solo && message.role === "assistant" && hasText(message);
  return mustNotTalk && !rules.isAgentStop(message) ? fault : null;
}

/**
 * The next conversation after the message of whoever was next (docs/spec/core.md#6-2). Pure: no clock, no model, no I/O.
 * @throws Tau2Error `protocol` when it is over, somebody else is next, or the message is empty.
 */
export function applyMessage(conversation: Conversation, message: ParticipantMessage, now: ClockReading): Conversation {
  const { rules, nextSpeaker, opening } = conversation;
  requireTurn(conversation, message.role === "assistant" ? "agent" : "user");
  const said = { ...message, timestamp: now.timestamp };
  if (!opening) requireSubstance(said);
  const ended = endedBy(conversation, said);
  // Only an opening that stops leaves its calls unanswered (docs/spec/core.md#6-1); later such a message is a fault, which `finish` tells.
  const calls = hasToolCalls(said) && !(opening && ended === "agent_stop");
  const next: Conversation = {
    ...conversation,
    messages: [...conversation.messages, said],
    lastSpeaker: nextSpeaker,
    nextSpeaker: calls ? "environment" : nextSpeaker === "agent" ? "user" : "agent",
    opening: false,
    ended,
  };
  if (opening) return checked(next, said);
  return limited(checked({ ...next, steps: next.steps + 1 }, said), now);

  function checked(value: Conversation, last: ParticipantMessage): Conversation {
    const fault = rules.enforceProtocol ? findProtocolViolation(last, rules) : null;
    return fault ? { ...value, ended: fault } : value;
  }
}

/** The next conversation after the environment has answered the calls of the last message. */
export function executeToolCalls(conversation: Conversation, now: ClockReading): Conversation {
  requireTurn(conversation, "environment");
  const { rules, messages, lastSpeaker } = conversation;
  const calling = messages.at(-1) as AssistantMessage | UserMessage;
  const calls = calling.tool_calls ?? [];
  if (calls.length === 0) {
    throw new Tau2Error("protocol", `the ${lastSpeaker}'s message has an empty list of tool calls: there is nothing to answer`);
  }
  let { state, errors } = conversation;
  const answers: Message[] = [];
  for (const call of calls) {
    const executed = executeToolCall(rules.environment, state, call);
    state = executed.state;
    const { message } = executed;
    if (message.error) errors++;
    answers.push({ ...message, timestamp: now.timestamp });
  }
  const next = {
    ...conversation,
    state,
    errors,
    messages: [...messages, ...answers],
    lastSpeaker: "environment" as const,
    nextSpeaker: lastSpeaker,
    steps: conversation.steps + 1,
  };
  return limited(next, now);
}

function requireTurn(conversation: Conversation, party: Speaker): void {
  if (conversation.ended) throw new Tau2Error("protocol", `Simulation is done (${conversation.ended})`);
  if (conversation.nextSpeaker !== party)
    throw new Tau2Error("protocol", `it is the ${conversation.nextSpeaker}'s turn, not the ${party}'s`);
}

function endedBy({ rules, opening }: Conversation, message: ParticipantMessage): TerminationReason | null {
  if (message.role === "user") return isUserStop(message) ? "user_stop" : null;
  if (rules.isAgentStop(message)) return "agent_stop";
  const silentWork = opening || rules.environment.solo;
  return silentWork && !hasToolCalls(message) ? "agent_error" : null;
}

/**
 * The limits, looked at whenever a participant is next. The first two also overrule a stop in the same step, and errors overrule steps,
 * as in the reference (docs/spec/core.md#6-3).
 */
function limited(conversation: Conversation, now: ClockReading): Conversation {
  const { rules, nextSpeaker, steps, errors } = conversation;
  if (nextSpeaker === "environment") return conversation;
  let { ended } = conversation;
  if (steps >= rules.maxSteps) ended = "max_steps";
  if (errors >= rules.maxErrors) ended = "too_many_errors";
  if (ended === null && rules.timeoutSeconds !== null && now.elapsed >= rules.timeoutSeconds) ended = "timeout";
  return { ...conversation, ended };
}

/**
 * The conversation, ended because its time is up while somebody still thinks: what they would have said is not waited for.
 * @throws Tau2Error `protocol` when it is over already
 */
export function endWithTimeout(conversation: Conversation): Conversation {
  if (conversation.ended) throw new Tau2Error("protocol", `Simulation is done (${conversation.ended})`);
  return { ...conversation, ended: "timeout" };
}

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
 * What is left of a conversation when it is over (docs/spec/core.md#6-5).
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
