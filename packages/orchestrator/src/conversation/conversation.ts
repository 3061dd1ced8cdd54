import {
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
import { hasText, type ParticipantMessage } from "@tau2/domains/internal";
import type { UserSimulator } from "@tau2/user-sim";
import { isUserStop } from "@tau2/user-sim/internal";
import type { Agent } from "../agent/agent.ts";

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

/** A point in time, passed to the conversation functions because they read no clock themselves. */
export interface ClockReading {
  /** Local time such as `2025-01-31T10:30:00.123456`. */
  readonly timestamp: string;
  /** Seconds since the conversation started. */
  readonly elapsed: number;
}

/** Formats a time as tau2-bench does: local, without a zone, six decimals unless they are zero (docs/spec/core.md#0-4). */
export function formatTimestamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const fraction = time.getMilliseconds() === 0 ? "" : `.${String(time.getMilliseconds()).padStart(3, "0")}000`;
  return `${date}T${clock}${fraction}`;
}

/** Starts a clock at zero elapsed seconds. Elapsed time is monotonic; timestamps follow the system clock. */
export function startClock(): () => ClockReading {
  const started = performance.now();
  return () => ({ timestamp: formatTimestamp(new Date()), elapsed: (performance.now() - started) / 1000 });
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

/** Checks that a message has text or tool calls. @throws Tau2Error `protocol` for an empty message */
export function requireContent(message: ParticipantMessage): void {
  if (hasText(message) || hasToolCalls(message)) return;
  const name = message.role === "assistant" ? "AssistantMessage" : "UserMessage";
  throw new Tau2Error("protocol", `${name} must have either content or tool_calls. Got an empty message.`);
}

/** Returns the error that ends the conversation if a message breaks the optional protocol, or null (docs/spec/core.md#6-4). */
export function findProtocolViolation(
  message: ParticipantMessage,
  rules: Pick<ConversationRules, "environment" | "isAgentStop">,
): "agent_error" | "user_error" | null {
  const violation = message.role === "assistant" ? "agent_error" : "user_error";
  if (hasToolCalls(message) === hasText(message)) return violation;
  const mustNotTalk = rules.environment.solo && message.role === "assistant" && hasText(message);
  return mustNotTalk && !rules.isAgentStop(message) ? violation : null;
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
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { goldAgent, runConversation, startClock, startConversation } from "@tau2/orchestrator";
 * import { scriptedUser } from "@tau2/user-sim";
 *
 * const task = loadData(mock).tasks()[0]!;
 * const environment = createEnvironmentConfig(mock, loadData(mock));
 * const rules = { environment, task, maxSteps: 100, maxErrors: 10, timeoutSeconds: null, enforceProtocol: false, isAgentStop: () => false };
 * const clock = startClock();
 * const participants = { agent: goldAgent({ task }), user: scriptedUser({ task }), clock };
 * const { ended } = await runConversation(startConversation(rules, clock()), participants);
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
