import type { JsonObject, ToolDeclaration } from "@tau2/domains";
import type { Usage } from "@tau2/domains/internal";

import type { ReturnedFields } from "./returned-fields.ts";

/** A tool call in a model's message. */
export interface ChatToolCall {
  id: string;
  name: string;
  arguments: JsonObject;
}

/** A message of a conversation with a model. */
export type ChatMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: string }
  | {
      role: "assistant";
      content: string | null;
      tool_calls: readonly ChatToolCall[] | null;
      reasoning?: string | null | undefined;
      returned?: ReturnedFields | undefined;
    }
  | { role: "tool"; content: string; tool_call_id: string };

/** A request to a model. */
export interface ChatRequest {
  messages: readonly ChatMessage[];
  /** Tools that the model may call. By default none. */
  tools?: readonly ToolDeclaration[] | undefined;
  /** By default `auto`. Not sent without tools. */
  toolChoice?: "auto" | "required" | "none" | undefined;
  /** Parameters in the endpoint's own names, sent unchanged: `temperature`, `seed`, `max_tokens`, … */
  parameters?: JsonObject | undefined;
  /** JSON schema for the text of the reply, for endpoints with structured output. */
  responseSchema?: { name: string; schema: JsonObject } | undefined;
  /** Cancels the request. */
  signal?: AbortSignal | undefined;
}

/** A reply of a model. */
export interface ChatReply {
  content: string | null;
  /** Null without tool calls; never empty. */
  toolCalls: ChatToolCall[] | null;
  /** Reasoning text, if the endpoint returns it. */
  reasoning: string | null;
  /** US dollars; null if the price is unknown. */
  cost: number | null;
  usage: Usage | null;
  /** Name of the model as the endpoint reports it. */
  model: string | null;
  finishReason: string | null;
  /** The endpoint's complete answer. */
  raw: unknown;
  generationSeconds: number;
}

/** Port to a language model: an endpoint, a script or a recording. */
export interface ChatModel {
  /** Name of the model in requests and in results. */
  readonly name: string;
  /** Sends a request and returns the reply. @throws ModelError after retries of transient faults */
  complete(request: ChatRequest): Promise<ChatReply>;
}
