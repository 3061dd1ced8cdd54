import {
  isToolCall,
  respond,
  Tau2Error,
  type AssistantMessage,
  type Message,
  type ParticipantMessage,
  type UserMessage,
} from "@tau2/domains";
import { isUserStop } from "@tau2/user-sim";
import type { Conversation, Moment, Party, TerminationReason } from "./conversation.ts";
import { protocolFault, requireSubstance } from "./protocol.ts";

/**
 * The next conversation after the message of whoever was next (spec core 6.2). Pure: no clock, no model, no I/O.
 * @throws Tau2Error `protocol` when it is over, somebody else is next, or the message is empty.
 */
export function deliver(conversation: Conversation, message: ParticipantMessage, now: Moment): Conversation {
  const { rules, to, opening } = conversation;
  requireTurn(conversation, message.role === "assistant" ? "agent" : "user");
  const said = { ...message, timestamp: now.timestamp };
  if (!opening) requireSubstance(said);
  const ended = endedBy(conversation, said);
  // Only an opening that stops leaves its calls unanswered (spec core 6.1); later such a message is a fault, which `finish` tells.
  const calls = isToolCall(said) && !(opening && ended === "agent_stop");
  const next: Conversation = {
    ...conversation,
    messages: [...conversation.messages, said],
    from: to,
    to: calls ? "environment" : to === "agent" ? "user" : "agent",
    opening: false,
    ended,
  };
  if (opening) return checked(next, said);
  return limited(checked({ ...next, steps: next.steps + 1 }, said), now);

  function checked(value: Conversation, last: ParticipantMessage): Conversation {
    const fault = rules.enforceProtocol ? protocolFault(last, rules) : null;
    return fault ? { ...value, ended: fault } : value;
  }
}

/** The next conversation after the environment has answered the calls of the last message. */
export function answerCalls(conversation: Conversation, now: Moment): Conversation {
  requireTurn(conversation, "environment");
  const { rules, messages, from } = conversation;
  const calling = messages.at(-1) as AssistantMessage | UserMessage;
  const calls = calling.tool_calls ?? [];
  if (calls.length === 0) {
    throw new Tau2Error("protocol", `the ${from}'s message has an empty list of tool calls: there is nothing to answer`);
  }
  let { environment, errors } = conversation;
  const answers: Message[] = [];
  for (const call of calls) {
    const { state, message } = respond(rules.environment, environment, call);
    environment = state;
    if (message.error) errors++;
    answers.push({ ...message, timestamp: now.timestamp });
  }
  const next = {
    ...conversation,
    environment,
    errors,
    messages: [...messages, ...answers],
    from: "environment" as const,
    to: from,
    steps: conversation.steps + 1,
  };
  return limited(next, now);
}

function requireTurn(conversation: Conversation, party: Party): void {
  if (conversation.ended) throw new Tau2Error("protocol", `Simulation is done (${conversation.ended})`);
  if (conversation.to !== party) throw new Tau2Error("protocol", `it is the ${conversation.to}'s turn, not the ${party}'s`);
}

function endedBy({ rules, opening }: Conversation, message: ParticipantMessage): TerminationReason | null {
  if (message.role === "user") return isUserStop(message) ? "user_stop" : null;
  if (rules.isAgentStop(message)) return "agent_stop";
  const silentWork = opening || rules.environment.solo;
  return silentWork && !isToolCall(message) ? "agent_error" : null;
}

/**
 * The limits, looked at whenever a participant is next. The first two also overrule a stop in the same step, and errors overrule steps,
 * as in the reference (spec core 6.3).
 */
function limited(conversation: Conversation, now: Moment): Conversation {
  const { rules, to, steps, errors } = conversation;
  if (to === "environment") return conversation;
  let { ended } = conversation;
  if (steps >= rules.maxSteps) ended = "max_steps";
  if (errors >= rules.maxErrors) ended = "too_many_errors";
  if (ended === null && rules.timeoutSeconds !== null && now.elapsed >= rules.timeoutSeconds) ended = "timeout";
  return { ...conversation, ended };
}
