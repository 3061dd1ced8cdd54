import { z } from "zod";
import type { JsonObject } from "../json/json.ts";
import { jsonObject } from "../schema/json-object.ts";

/** Caller of a tool: the agent (`assistant`) or the simulated user. */
export type Requestor = "assistant" | "user";

/** A tool call. The model chooses the id, which may be empty. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: JsonObject;
  requestor: Requestor;
}

/** Token counts of one message. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

interface Placed {
  /** Index in the trajectory, set at the end of the conversation. */
  turn_idx?: number | null;
  /** Local time without a zone, such as `2025-01-31T10:30:00.123456`. */
  timestamp?: string | null;
}

interface ParticipantFields extends Placed {
  content: string | null;
  /** Null for a message without calls. An empty list counts as a call and breaks the protocol. */
  tool_calls: ToolCall[] | null;
  /** US dollars; null if the price is unknown. */
  cost?: number | null;
  usage?: Usage | null;
  /** Response of the model's endpoint, for inspection. */
  raw_data?: unknown;
  generation_time_seconds?: number | null;
}

/** An instruction in a recorded trajectory. Neither the agent nor the user sees it. */
export interface SystemMessage extends Placed {
  role: "system";
  content: string | null;
}

/** Text or tool calls of the user. */
export interface UserMessage extends ParticipantFields {
  role: "user";
}

/** Text or tool calls of the agent. */
export interface AssistantMessage extends ParticipantFields {
  role: "assistant";
}

/** Answer to one tool call. `content` begins with `Error: ` if `error` is set. */
export interface ToolMessage extends Placed {
  id: string;
  role: "tool";
  content: string | null;
  requestor: Requestor;
  error: boolean;
}

/** A message of the agent or the user. */
export type ParticipantMessage = AssistantMessage | UserMessage;

/** Any message of a trajectory. Field names are those of tau2-bench (docs/spec/core.md#1-1). */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

const requestor = z.enum(["assistant", "user"]);
const placed = { turn_idx: z.int().nullish(), timestamp: z.string().nullish() };

/** Schema of a {@link ToolCall}. A missing id is empty, a missing requestor is the agent. */
export const toolCallSchema: z.ZodType<ToolCall> = z.object({
  id: z.string().default(""),
  name: z.string(),
  arguments: jsonObject,
  requestor: requestor.default("assistant"),
});

const participant = {
  content: z.string().nullable().default(null),
  tool_calls: z.array(toolCallSchema).nullable().default(null),
  ...placed,
  cost: z.number().nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish(),
  raw_data: z.unknown().optional(),
  generation_time_seconds: z.number().nullish(),
};

/** Schema of a message in a trajectory, a history or a results file. Drops unknown keys, like tau2-bench. */
export const messageSchema: z.ZodType<Message> = z.discriminatedUnion("role", [
  z.object({ role: z.literal("system"), content: z.string().nullable().default(null), ...placed }),
  z.object({ role: z.literal("user"), ...participant }),
  z.object({ role: z.literal("assistant"), ...participant }),
  z.object({
    id: z.string(),
    role: z.literal("tool"),
    content: z.string().nullable().default(null),
    requestor: requestor.default("assistant"),
    error: z.boolean().default(false),
    ...placed,
  }),
]) as never;

/** Returns whether a message calls tools. An empty list counts (docs/spec/core.md#1-1). */
export function hasToolCalls(message: Message): message is ParticipantMessage & { tool_calls: ToolCall[] } {
  return (message.role === "assistant" || message.role === "user") && message.tool_calls !== null;
}

/** Returns whether a message has text other than white space. */
export function hasText(message: Message): message is Message & { content: string } {
  return message.content !== null && message.content.trim() !== "";
}

/** Returns whether a message is from the agent or the user. */
export function isParticipantMessage(message: Message): message is ParticipantMessage {
  return message.role === "assistant" || message.role === "user";
}
