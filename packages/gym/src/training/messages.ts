import { type Json, type JsonObject, type ToolDeclaration, Tau2Error } from "@tau2/domains";

/** Call in a model's message, as in OpenAI-compatible chat completions. */
export interface ModelToolCall {
  id: string;
  type: "function";
  function: { name: string; /** JSON text. */ arguments: string };
  /** Signature that the model's endpoint expects back. */
  extra_content?: Json;
  provider_specific_fields?: Json;
}

/** Message to or from a model. */
export interface ModelMessage {
  role: string;
  content: string | null;
  tool_calls?: readonly ModelToolCall[];
  /** Id of the call that a `tool` message answers. Set if the model made the call through its endpoint, not in its text. */
  tool_call_id?: string;
  /** Reasoning text, for policies that keep it. */
  reasoning_content?: string;
  reasoning?: string;
  /** Fields that the model's endpoint expects back. */
  extra_content?: Json;
  reasoning_details?: Json;
  thinking_blocks?: Json;
}

/** Tool result of a step. */
export interface ToolOutput {
  role: "tool";
  type: "function_call_output";
  /** Id of the action's call. */
  call_id: string | null;
  output: string;
}

/** Earlier message to the model. A tool result may still have the form of the step. */
export type ContextMessage = ModelMessage | ToolOutput;

/** New message of a state: a tool result, or a message of the user. */
export type NewMessage = ToolOutput | { role: "user"; content: string };

/** Action of a model. Only `function_call`, and `message` and `reasoning` at the end of a turn, have an effect. */
export interface ActionFromLLM {
  role: string;
  /** `function_call`, `message` or `reasoning`; others are skipped. */
  type: string;
  /** Text of the action; for a call that was parsed from text, the call as JSON. */
  text: string | null;
  call_id: string | null;
  name: string | null;
  arguments: JsonObject | null;
}

/** Action as a caller writes it. Missing fields become null, and the role `assistant`. */
export type ActionInput = Pick<ActionFromLLM, "type"> & Partial<ActionFromLLM>;

/** Tool in the form of the training environment: flat, without a key `function`. */
export interface FlatTool {
  type: "function";
  name: string;
  description: string;
  parameters: JsonObject;
}

/** Observations to hide. Indexes count all messages, the system prompt included. */
export interface HideOptions {
  /** Placeholder of a hidden observation. */
  hidden_obs_content: string;
  /** Number of messages at the beginning that stay. */
  first_obs_to_show: number;
  /** Number of messages at the end that stay. */
  last_obs_to_show: number;
}

/** Replaces user and tool messages by a placeholder, except those at both ends (docs/spec/act-prm.md#8). */
export function hideObservations(messages: readonly ContextMessage[], options: HideOptions): ContextMessage[] {
  const { hidden_obs_content: content, first_obs_to_show: first, last_obs_to_show: last } = options;
  return messages.map((message, i) => {
    const { role } = message;
    if ((role !== "user" && role !== "tool") || i < first || i >= messages.length - last) return message;
    // Endpoints refuse a tool message without the id of its call.
    const id = "tool_call_id" in message ? { tool_call_id: message.tool_call_id } : {};
    return { role, content, ...id };
  });
}

// White space in Python. JavaScript adds U+FEFF and leaves out U+001C to U+001F and U+0085.
const blank = new RegExp(String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`);

/** Strips white space like Python's `str.strip()`. */
export function pyStrip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const prefix = /^(?:user|tool|assistant|system): /;

/**
 * Removes the role at the beginning of each line of an observation (docs/spec/act-prm.md#7-4). A line of a message that begins like a role
 * loses it too.
 */
export function parseObservation(text: string): string {
  return pyStrip(text)
    .split("\n")
    .map((line) => line.replace(prefix, ""))
    .join("\n");
}

/** Name of the tool that sends words to the user. */
export const RESPOND_USER = "respond_user";

/** Sends words to the user as a call, so that every action of a model is a call. */
const respondUser: FlatTool = {
  type: "function",
  name: RESPOND_USER,
  description: "Say something to the user. Use it for every answer, question and confirmation that is meant for them.",
  parameters: {
    type: "object",
    properties: { text: { type: "string", description: "What the user is to read." } },
    required: ["text"],
  },
};

/** Converts the agent's tools, and adds `respond_user` at the end (docs/spec/act-prm.md#4). */
export function toFlatTools(declarations: readonly ToolDeclaration[]): FlatTool[] {
  return [...declarations.map(({ type, function: declared }): FlatTool => ({ type, ...declared })), respondUser];
}

const RULE = [
  "The user sees only what you send with the `respond_user` tool: put your words into its `text` argument.",
  "Plain text in an answer does not count as an action, so make every answer a tool call, either `respond_user` or one of the other tools.",
].join("\n");

/** Formats the system prompt: the role, the domain's policy, and the rule that every action is a tool call (docs/spec/act-prm.md#4). */
export function formatSystemPrompt(base: string, policy: string): string {
  return [base, ...(policy === "" ? [] : [`<policy>\n${policy}\n</policy>`]), RULE].join("\n\n");
}

/**
 * Fills `{max_turns}` into the message after the last turn (docs/spec/act-prm.md#2). `{{` and `}}` are escaped braces.
 * @throws Tau2Error `invalid` for any other placeholder
 */
export function formatTruncationMessage(template: string, max_turns: number): string {
  return template.replaceAll(/\{\{|\}\}|\{max_turns\}|[{}][^{}]*/g, (part) => {
    if (part === "{{" || part === "}}") return part.charAt(0);
    if (part === "{max_turns}") return String(max_turns);
    throw new Tau2Error(
      "invalid",
      `unknown placeholder '${part.slice(0, 40)}' in truncation_message: only {max_turns} can be filled in; write {{ and }} for braces`,
    );
  });
}
