import type { AssistantMessage, EnvironmentConfig, EnvironmentState, Message, Task } from "@tau2/domains";

/** Why a conversation ended (docs/spec/core.md#1-4). The last one never comes from a conversation: it marks a simulation that could not be finished. */
export type TerminationReason =
  | "user_stop"
  | "agent_stop"
  | "max_steps"
  | "timeout"
  | "too_many_errors"
  | "agent_error"
  | "user_error"
  | "infrastructure_error";

/** Who speaks or acts. */
export type Speaker = "agent" | "user" | "environment";

/** The rules under which a conversation is held; fixed for its whole life. */
export interface ConversationRules {
  readonly environment: EnvironmentConfig;
  readonly task: Task;
  /** Steps after which it ends; a step is one message or one round of tool answers. */
  readonly maxSteps: number;
  /** Failed tool calls, of both sides together, after which it ends. */
  readonly maxErrors: number;
  /** Null for no limit. */
  readonly timeoutSeconds: number | null;
  /** Ends it when a message both talks and calls, or (alone) talks without stopping (docs/spec/core.md#6-4). */
  readonly enforceProtocol: boolean;
  /** Whether an agent's message ends it. Most agents cannot end a conversation. */
  isAgentStop(message: AssistantMessage): boolean;
}

/**
 * A conversation at one moment, as a value: what was said, the state of the world, and whose turn it is. Each step makes the next value, so
 * any of them can be kept, replayed or continued in several ways.
 */
export interface Conversation {
  readonly rules: ConversationRules;
  readonly messages: readonly Message[];
  readonly state: EnvironmentState;
  /** Who made the last message, or messages. */
  readonly lastSpeaker: Speaker;
  /** Who is next. */
  readonly nextSpeaker: Speaker;
  /** The agent is asked before anybody has said anything: how working alone begins (docs/spec/core.md#6-1). */
  readonly opening: boolean;
  readonly steps: number;
  /** Failed tool calls so far; those of a given history do not count. */
  readonly errors: number;
  /** Null while it goes on. */
  readonly ended: TerminationReason | null;
}

/** When something happens; the reducer has no clock of its own. */
export interface ClockReading {
  /** Local time, `2025-01-31T10:30:00.123456`. */
  readonly timestamp: string;
  /** Seconds since the conversation began. */
  readonly elapsed: number;
}

/** What the agent says first, unless the task brings a history. */
export const GREETING = "Hi! How can I help you today?";

/** A point in time as the reference writes it: local, without zone, six decimals of a second (docs/spec/core.md#0-4). */
export function formatTimestamp(time: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  const fraction = time.getMilliseconds() === 0 ? "" : `.${String(time.getMilliseconds()).padStart(3, "0")}000`;
  return `${date}T${clock}${fraction}`;
}

/** A clock that starts now. */
export function startClock(): () => ClockReading {
  const started = performance.now();
  return () => ({ timestamp: formatTimestamp(new Date()), elapsed: (performance.now() - started) / 1000 });
}
