import type { JsonObject, ToolDeclaration, Usage } from "@tau2/domains";

/** A call inside a model's message. */
export interface ChatToolCall {
  id: string;
  name: string;
  arguments: JsonObject;
}

/** A message as a model sees it. */
export type ChatMessage =
  | { role: "system"; content: string }
  | { role: "user"; content: string }
  | { role: "assistant"; content: string | null; tool_calls: readonly ChatToolCall[] | null; reasoning?: string | null }
  | { role: "tool"; content: string; tool_call_id: string };

/** What a participant asks of a model. */
export interface ChatRequest {
  messages: readonly ChatMessage[];
  /** Left out or empty: the model is offered none. */
  tools?: readonly ToolDeclaration[];
  toolChoice?: "auto" | "required" | "none";
  /** Sent on as they are, in the endpoint's own names: `temperature`, `seed`, `max_tokens`, … */
  parameters?: JsonObject;
  /** A JSON schema that the answer's text must follow, where the endpoint can do that. */
  responseSchema?: { name: string; schema: JsonObject };
  signal?: AbortSignal;
}

/** What a model answered. */
export interface ChatReply {
  content: string | null;
  /** Null when it called nothing; never empty. */
  toolCalls: ChatToolCall[] | null;
  reasoning: string | null;
  /** US dollars; null when the price is unknown. */
  cost: number | null;
  usage: Usage | null;
  /** The model that the endpoint says answered. */
  model: string | null;
  finishReason: string | null;
  /** The endpoint's whole answer. */
  raw: unknown;
  generationSeconds: number;
}

/** A chat model behind some endpoint, or in its place a script or a recording. */
export interface ChatModel {
  /** The name under which it is asked, as shown in results. */
  readonly name: string;
  /** @throws ModelError with the class of the fault, after retries where they can help. */
  complete(request: ChatRequest): Promise<ChatReply>;
}
