import {
  createInitialState,
  executeToolCall,
  hasToolCalls,
  Tau2Error,
  type AssistantMessage,
  type EnvironmentConfig,
  type EnvironmentState,
  type Message,
  type Task,
  type UserMessage,
} from "@tau2/domains";
import { isParticipantMessage, type ParticipantMessage } from "@tau2/domains/internal";
import { isUserStop } from "@tau2/user-sim/internal";
import { formatTimestamp, type ClockReading } from "./clock.ts";
import { checkHistory, findProtocolViolation, requireContent } from "./protocol.ts";

/**
 * Reason for the end of a conversation (docs/spec/core.md#1-4). `infrastructure_error` never ends a conversation itself:
 * it marks a simulation that could not be completed.
 */
export type TerminationReason =
  | "user_stop"
  | "agent_stop"
  | "max_steps"
  | "timeout"
  | "too_many_errors"
  | "agent_error"
  | "user_error"
  | "infrastructure_error";

/** Author of a message: the agent, the user, or the environment that answers tool calls. */
export type Speaker = "agent" | "user" | "environment";

/** Rules of a conversation, fixed from start to end. */
export interface ConversationRules {
  readonly environment: EnvironmentConfig;
  readonly task: Task;
  /** Steps after which the conversation ends. A step is one message, or one round of tool results. */
  readonly maxSteps: number;
  /** Failed tool calls, of agent and user together, after which the conversation ends. */
  readonly maxErrors: number;
  /** Seconds after which the conversation ends; null disables the limit. */
  readonly timeoutSeconds: number | null;
  /** Ends the conversation at a message with text and tool calls, or in solo mode with text that does not stop (docs/spec/core.md#6-4). */
  readonly enforceProtocol: boolean;
  /** Returns whether an agent's message ends the conversation. Most agents cannot end one. */
  isAgentStop(message: AssistantMessage): boolean;
}

/**
 * Immutable snapshot of a conversation: its messages, the environment's state and the next speaker.
 * Each step returns a new value, so any of them can be kept, replayed or continued in several ways.
 */
export interface Conversation {
  readonly rules: ConversationRules;
  readonly messages: readonly Message[];
  readonly state: EnvironmentState;
  readonly lastSpeaker: Speaker;
  readonly nextSpeaker: Speaker;
  /** True in solo mode before the agent's first message, for which other rules apply (docs/spec/core.md#6-1). */
  readonly opening: boolean;
  readonly steps: number;
  /** Failed tool calls so far, without those of the task's history. */
  readonly errors: number;
  /** Null until the conversation ends. */
  readonly ended: TerminationReason | null;
}

/** First message of the agent, unless the task has a history. */
const GREETING = "Hi! How can I help you today?";

/**
 * Starts a conversation: with a greeting, with the task's history, or in solo mode without any message (docs/spec/core.md#6-1).
 * @throws Tau2Error if the initial state cannot be created or the history is not well formed
 * @example
 * ```ts
 * const environment = createEnvironmentConfig(mock, loadData(mock));
 * const rules = { environment, task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop: () => false };
 * const conversation = startConversation(rules, startClock()());
 * ```
 */
export function startConversation(rules: ConversationRules, now: ClockReading): Conversation {
  const { task, environment } = rules;
  const history = addTimestamps(task.initial_state?.message_history ?? [], now);
  const state = createInitialState(environment, { ...task.initial_state, message_history: [...history] });
  const start = { rules, state, steps: 0, errors: 0, opening: false };
  if (history.length > 0) return resumeHistory({ ...start, messages: history });
  if (environment.solo) return { ...start, messages: [], lastSpeaker: "user", nextSpeaker: "agent", opening: true, ended: null };
  const greeting: AssistantMessage = { role: "assistant", content: GREETING, tool_calls: null, cost: 0, timestamp: now.timestamp };
  return { ...start, messages: [greeting], lastSpeaker: "agent", nextSpeaker: "user", ended: null };
}

/** Histories come without times: messages are dated one second apart, the last one second before `now`. */
function addTimestamps(history: readonly Message[], now: ClockReading): readonly Message[] {
  const end = new Date(now.timestamp).getTime();
  return history.map((message, i) => ({
    ...message,
    turn_idx: null,
    timestamp: formatTimestamp(new Date(end - (history.length - i) * 1000)),
  }));
}

function resumeHistory(start: Omit<Conversation, "lastSpeaker" | "nextSpeaker" | "ended">): Conversation {
  const { messages, rules } = start;
  checkHistory(messages);
  const last = messages.at(-1)!;
  const conversation = { ...start, ...continueAfter(last, rules) };
  const violation = rules.enforceProtocol && isParticipantMessage(last) ? findProtocolViolation(last, rules) : null;
  return violation ? { ...conversation, ended: violation } : conversation;
}

function continueAfter(last: Message, rules: ConversationRules): Pick<Conversation, "lastSpeaker" | "nextSpeaker" | "ended"> {
  switch (last.role) {
    case "assistant":
      return {
        lastSpeaker: "agent",
        nextSpeaker: hasToolCalls(last) ? "environment" : "user",
        ended: rules.isAgentStop(last) ? "agent_stop" : null,
      };
    case "user":
      return {
        lastSpeaker: "user",
        nextSpeaker: hasToolCalls(last) ? "environment" : "agent",
        ended: isUserStop(last) ? "user_stop" : null,
      };
    case "tool":
      return { lastSpeaker: "environment", nextSpeaker: last.requestor === "user" ? "user" : "agent", ended: null };
    case "system":
      throw new Tau2Error("protocol", "the last message of a history cannot be a system message");
  }
}

/**
 * Appends a message of the next speaker and returns the new conversation (docs/spec/core.md#6-2). Pure: does not read a clock or call a model.
 * @throws Tau2Error `protocol` if the conversation is over, another speaker is next, or the message is empty
 */
export function applyMessage(conversation: Conversation, message: ParticipantMessage, now: ClockReading): Conversation {
  const { rules, nextSpeaker, opening } = conversation;
  requireTurn(conversation, message.role === "assistant" ? "agent" : "user");
  const said = { ...message, timestamp: now.timestamp };
  if (!opening) requireContent(said);
  const ended = findStop(conversation, said);
  // Only an opening that stops leaves its calls unanswered (docs/spec/core.md#6-1); a later message of that kind fails in `toTrajectory`.
  const hasCalls = hasToolCalls(said) && !(opening && ended === "agent_stop");
  const next: Conversation = {
    ...conversation,
    messages: [...conversation.messages, said],
    lastSpeaker: nextSpeaker,
    nextSpeaker: hasCalls ? "environment" : nextSpeaker === "agent" ? "user" : "agent",
    opening: false,
    steps: opening ? conversation.steps : conversation.steps + 1,
    ended: (rules.enforceProtocol ? findProtocolViolation(said, rules) : null) ?? ended,
  };
  return opening ? next : applyLimits(next, now);
}

/**
 * Executes the tool calls of the last message and appends their results, as one step.
 * @throws Tau2Error `protocol` if the conversation is over or the environment is not next
 */
export function executeToolCalls(conversation: Conversation, now: ClockReading): Conversation {
  requireTurn(conversation, "environment");
  const { rules, messages, lastSpeaker } = conversation;
  const calls = (messages.at(-1) as AssistantMessage | UserMessage).tool_calls ?? [];
  if (calls.length === 0) {
    throw new Tau2Error("protocol", `the ${lastSpeaker}'s message has an empty list of tool calls: omit the list, or add a call`);
  }
  let { state, errors } = conversation;
  const results: Message[] = [];
  for (const call of calls) {
    const executed = executeToolCall(rules.environment, state, call);
    state = executed.state;
    if (executed.message.error) errors++;
    results.push({ ...executed.message, timestamp: now.timestamp });
  }
  const next: Conversation = {
    ...conversation,
    state,
    errors,
    messages: [...messages, ...results],
    lastSpeaker: "environment",
    nextSpeaker: lastSpeaker,
    steps: conversation.steps + 1,
  };
  return applyLimits(next, now);
}

/** Ends the conversation with `timeout`; a pending reply is discarded. @throws Tau2Error `protocol` if it has ended already */
export function endWithTimeout(conversation: Conversation): Conversation {
  requireRunning(conversation);
  return { ...conversation, ended: "timeout" };
}

function requireTurn(conversation: Conversation, speaker: Speaker): void {
  requireRunning(conversation);
  const { nextSpeaker } = conversation;
  if (nextSpeaker !== speaker) throw new Tau2Error("protocol", `it is the ${nextSpeaker}'s turn, not the ${speaker}'s`);
}

function requireRunning({ ended }: Conversation): void {
  if (ended) throw new Tau2Error("protocol", `Simulation is done (${ended})`);
}

function findStop({ rules, opening }: Conversation, message: ParticipantMessage): TerminationReason | null {
  if (message.role === "user") return isUserStop(message) ? "user_stop" : null;
  if (rules.isAgentStop(message)) return "agent_stop";
  const mustCallTools = opening || rules.environment.solo;
  return mustCallTools && !hasToolCalls(message) ? "agent_error" : null;
}

/**
 * Applies the limits whenever agent or user is next. Steps and errors also overrule a stop in the same step, and errors overrule steps
 * (docs/spec/core.md#6-3).
 */
function applyLimits(conversation: Conversation, now: ClockReading): Conversation {
  const { rules, nextSpeaker, steps, errors } = conversation;
  if (nextSpeaker === "environment") return conversation;
  let { ended } = conversation;
  if (steps >= rules.maxSteps) ended = "max_steps";
  if (errors >= rules.maxErrors) ended = "too_many_errors";
  if (ended === null && rules.timeoutSeconds !== null && now.elapsed >= rules.timeoutSeconds) ended = "timeout";
  return { ...conversation, ended };
}

/** A finished conversation in the form in which it is stored and graded. */
export interface Trajectory {
  readonly terminationReason: TerminationReason;
  /** With `turn_idx` counted from 0. */
  readonly messages: readonly Message[];
  /** US dollars; null if the cost of any agent message is unknown. */
  readonly agentCost: number | null;
  /** US dollars; null if the cost of any user message is unknown. */
  readonly userCost: number | null;
}

/**
 * Converts a finished conversation into the trajectory that is stored and graded (docs/spec/core.md#6-5).
 * @throws Tau2Error `protocol` if the conversation has not ended, or if the message that stopped it also calls tools
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
  return { terminationReason: ended, messages, agentCost: sumCosts(messages, "assistant"), userCost: sumCosts(messages, "user") };
}

function sumCosts(messages: readonly Message[], role: "assistant" | "user"): number | null {
  let sum = 0;
  for (const message of messages) {
    if (message.role !== role) continue;
    if (message.cost === null || message.cost === undefined) return null;
    sum += message.cost;
  }
  return sum;
}
