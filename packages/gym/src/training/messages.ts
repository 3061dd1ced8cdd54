import { type JsonObject, type ToolDeclaration, Tau2Error } from "@tau2/domains";

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

/** One thing that a model did in its turn. Only `function_call`, and `message` and `reasoning` at the end of a turn, have an effect. */
export interface ActionFromLLM {
  role: string;
  /** `function_call`, `message` or `reasoning`; others are passed over. */
  type: string;
  /** What it said; of a call read from text, the call as JSON. */
  text: string | null;
  call_id: string | null;
  name: string | null;
  arguments: JsonObject | null;
}

/** The same as a caller writes it: what is left out is null, and the role `assistant`. */
export type ActionInput = Pick<ActionFromLLM, "type"> & Partial<ActionFromLLM>;

/** A tool as the training environment lists it: flat, not under a key `function`. */
export interface FlatTool {
  type: "function";
  name: string;
  description: string;
  parameters: JsonObject;
}

/** Which observations stay. Indices count all messages, the system's among them. */
export interface HideOptions {
  /** Stands in place of what is hidden. */
  hidden_obs_content: string;
  /** So many messages at the beginning stay as they are. */
  first_obs_to_show: number;
  /** So many at the end do too. */
  last_obs_to_show: number;
}

/** Messages of user and tools, but for those at both ends, with a placeholder in their place (docs/spec/act-prm.md#8). */
export function hideObservations(messages: readonly ContextMessage[], options: HideOptions): ContextMessage[] {
  const { hidden_obs_content: content, first_obs_to_show: first, last_obs_to_show: last } = options;
  return messages.map((message, i) => {
    const { role } = message;
    if ((role !== "user" && role !== "tool") || i < first || i >= messages.length - last) return message;
    // Endpoints refuse an answer that does not say which call it answers.
    const id = "tool_call_id" in message ? { tool_call_id: message.tool_call_id } : {};
    return { role, content, ...id };
  });
}

// What Python calls white space. JavaScript's own adds U+FEFF and leaves out U+001C to U+001F and U+0085.
const blank = new RegExp(String.raw`[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`);

/** Python's `str.strip()`. */
export function pyStrip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && blank.test(text.charAt(start))) start++;
  while (end > start && blank.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}

const prefix = /^(?:user|tool|assistant|system): /;

/**
 * An observation's text without the roles before its lines (docs/spec/act-prm.md#7-4): one prefix a line, so a line of somebody's own words that
 * begins like one loses it too.
 */
export function parseObservation(text: string): string {
  return pyStrip(text)
    .split("\n")
    .map((line) => line.replace(prefix, ""))
    .join("\n");
}

/** The name of the tool that carries words to the user. */
export const RESPOND_USER = "respond_user";

/** Words to the user as a call, so that whatever a model does is a call. */
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

/** The agent's tools as the training environment lists them, `respond_user` last (docs/spec/act-prm.md#4). */
export function toFlatTools(declarations: readonly ToolDeclaration[]): FlatTool[] {
  return [...declarations.map(({ type, function: declared }): FlatTool => ({ type, ...declared })), respondUser];
}

const RULE = [
  "The user sees only what you send with the `respond_user` tool: put your words into its `text` argument.",
  "Plain text in an answer does not count as an action, so make every answer a tool call, either `respond_user` or one of the other tools.",
].join("\n");

/** What the model that learns is told: who it is, the domain's policy, and that it acts through tools (docs/spec/act-prm.md#4). */
export function formatSystemPrompt(base: string, policy: string): string {
  return [base, ...(policy === "" ? [] : [`<policy>\n${policy}\n</policy>`]), RULE].join("\n\n");
}

/**
 * The text that tells a model that its turns are used up, with `{max_turns}` filled in (docs/spec/act-prm.md#2). `{{` and `}}` stand for braces.
 * @throws Tau2Error `invalid` for any other placeholder
 */
export function formatTruncationMessage(template: string, max_turns: number): string {
  return template.replaceAll(/\{\{|\}\}|\{max_turns\}|[{}][^{}]*/g, (part) => {
    if (part === "{{" || part === "}}") return part.charAt(0);
    if (part === "{max_turns}") return String(max_turns);
    throw new Tau2Error(
      "invalid",
      `truncation_message has '${part.slice(0, 40)}': only {max_turns} can be filled in; write {{ and }} for braces`,
    );
  });
}
