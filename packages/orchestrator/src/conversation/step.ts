import {
  hasToolCalls,
  executeToolCall,
  Tau2Error,
  type AssistantMessage,
  type Message,
  type ParticipantMessage,
  type UserMessage,
} from "@tau2/domains";
import { isUserStop } from "@tau2/user-sim";
import type { Conversation, ClockReading, Speaker, TerminationReason } from "./conversation.ts";
import { findProtocolViolation, requireSubstance } from "./protocol.ts";

/**
 * The next conversation after the message of whoever was next (spec core 6.2). Pure: no clock, no model, no I/O.
 * @throws Tau2Error `protocol` when it is over, somebody else is next, or the message is empty.
 */
export function applyMessage(conversation: Conversation, message: ParticipantMessage, now: ClockReading): Conversation {
  const { rules, nextSpeaker, opening } = conversation;
  requireTurn(conversation, message.role === "assistant" ? "agent" : "user");
  const said = { ...message, timestamp: now.timestamp };
  if (!opening) requireSubstance(said);
  const ended = endedBy(conversation, said);
  // Only an opening that stops leaves its calls unanswered (spec core 6.1); later such a message is a fault, which `finish` tells.
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
 * as in the reference (spec core 6.3).
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
