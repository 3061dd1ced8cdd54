import { z } from "zod";
import type { JsonObject } from "../json/json.ts";

/** Who asks for a tool call: the agent (`assistant`) or the simulated user. */
export type Requestor = "assistant" | "user";

/** A call of a tool. Ids are chosen by the model and may be empty. */
export interface ToolCall {
  id: string;
  name: string;
  arguments: JsonObject;
  requestor: Requestor;
}

/** Tokens that a model used for one message. */
export interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
}

interface Placed {
  /** Position in the trajectory, set when the conversation is over. */
  turn_idx?: number | null;
  /** Local time without zone, `2025-01-31T10:30:00.123456`. */
  timestamp?: string | null;
}

interface ParticipantFields extends Placed {
  content: string | null;
  /** Null when the message calls nothing; an empty list counts as a call and is a protocol fault. */
  tool_calls: ToolCall[] | null;
  /** US dollars; null when the price is unknown. */
  cost?: number | null;
  usage?: Usage | null;
  /** What the model's endpoint answered, for inspection. */
  raw_data?: unknown;
  generation_time_seconds?: number | null;
}

/** An instruction that stands in a recorded trajectory. Neither side is shown it. */
export interface SystemMessage extends Placed {
  role: "system";
  content: string | null;
}

/** What the user says or calls. */
export interface UserMessage extends ParticipantFields {
  role: "user";
}

/** What the agent says or calls. */
export interface AssistantMessage extends ParticipantFields {
  role: "assistant";
}

/** The answer to one tool call; `content` is the wire text, prefixed `Error: ` when `error` is set. */
export interface ToolMessage extends Placed {
  id: string;
  role: "tool";
  content: string | null;
  requestor: Requestor;
  error: boolean;
}

/** A message that a participant says, as opposed to a tool's answer. */
export type ParticipantMessage = AssistantMessage | UserMessage;

/** Any message of a trajectory. Field names are the reference's (docs/spec/core.md#1-1). */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

const requestor = z.enum(["assistant", "user"]);
const placed = { turn_idx: z.int().nullish(), timestamp: z.string().nullish() };

/** Reads a {@link ToolCall}: an id left out is empty, a requestor left out is the agent. */
export const toolCallSchema: z.ZodType<ToolCall> = z.object({
  id: z.string().default(""),
  name: z.string(),
  arguments: z.record(z.string(), z.json()),
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

/** Reads one message of a trajectory, a history or a results file. Unknown keys are dropped, as the reference does. */
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

/** True when the message asks for tools. An empty list counts (docs/spec/core.md#1-1). */
export function hasToolCalls(message: Message): message is ParticipantMessage & { tool_calls: ToolCall[] } {
  return (message.role === "assistant" || message.role === "user") && message.tool_calls !== null;
}

/** True when the message says something other than blanks. */
export function hasText(message: Message): message is Message & { content: string } {
  return message.content !== null && message.content.trim() !== "";
}

/** True for messages of the agent and the user. */
export function isParticipantMessage(message: Message): message is ParticipantMessage {
  return message.role === "assistant" || message.role === "user";
}
