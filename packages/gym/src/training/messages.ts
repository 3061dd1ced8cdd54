import type { JsonObject } from "@tau2/domains";

/** A call inside a model's message, in the shape of OpenAI-compatible chat completions. */
export interface ModelToolCall {
  id: string;
  type: "function";
  function: { name: string; /** JSON text. */ arguments: string };
}

/** A message as a model sees it, or says it. */
export interface ModelMessage {
  role: string;
  content: string | null;
  tool_calls?: readonly ModelToolCall[];
  /** Which call a `tool` message answers; there when the model made the call through its endpoint, not in its text. */
  tool_call_id?: string;
}

/** A tool's answer as a step gives it. */
export interface ToolOutput {
  role: "tool";
  type: "function_call_output";
  /** That of the action. */
  call_id: string | null;
  output: string;
}

/** A message among those that a model was shown before; a tool's answer may still be in the form that the step gave it. */
export type ContextMessage = ModelMessage | ToolOutput;

/** What is new in a state: answers to the model's calls, and words of the user. */
export type NewMessage = ToolOutput | { role: "user"; content: string };

/** A tool as the training environment lists it: flat, not under a key `function`. */
export interface FlatTool {
  type: "function";
  name: string;
  description: string;
  parameters: JsonObject;
}
