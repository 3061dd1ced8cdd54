import type { Domain, ToolName } from "../core/domain/domain.ts";
import type { Environment } from "../core/environment/environment.ts";
import { isRecord, type JsonObject } from "../core/json/json.ts";
import { getErrorMessage } from "../core/errors.ts";
import type { Requestor } from "../core/task/message.ts";
import type { ToolDeclaration } from "../core/tool/tool.ts";

/**
 * An environment's tools for OpenAI-compatible endpoints: declarations to send, and answers to what comes back.
 * Needs no OpenAI package; the shapes are structurally those of its types.
 */

/** A function tool as the Responses API takes it. */
export interface ResponsesTool<Name extends string = string> {
  type: "function";
  name: Name;
  description: string;
  parameters: JsonObject;
  strict: false;
}

/** The part of a chat-completions message that matters here. */
export interface ChatToolCallMessage {
  tool_calls?: readonly { id: string; type?: string; function?: { name: string; arguments: string } }[] | null;
}

/** A tool message of chat completions. */
export interface ChatToolAnswer {
  role: "tool";
  tool_call_id: string;
  content: string;
}

/** The part of a Responses output item that matters here. */
export interface ResponsesOutputItem {
  type: string;
  call_id?: string | null;
  name?: string;
  /** Text in a `function_call`; other items have other things here. */
  arguments?: unknown;
}

/** A tool's answer among the input items of the Responses API. */
export interface ResponsesToolAnswer {
  type: "function_call_output";
  call_id: string;
  output: string;
}

/** The `tools` of a chat-completions request. */
export function chatTools<D extends Domain, R extends Requestor = "assistant">(
  env: Environment<D>,
  requestor?: R,
): ToolDeclaration<ToolName<D, R>>[] {
  return env.tools(requestor);
}

/** The `tools` of a Responses request. */
export function responsesTools<D extends Domain, R extends Requestor = "assistant">(
  env: Environment<D>,
  requestor?: R,
): ResponsesTool<ToolName<D, R>>[] {
  return env.tools(requestor).map(({ function: declaration }) => ({ type: "function", ...declaration, strict: false }));
}

/**
 * Answers every call of a chat-completions message, in order: append the result to the conversation.
 * Arguments that are not a JSON object are answered with an error text; nothing is thrown for what a model wrote.
 */
export function answerChatCalls(env: Environment, message: ChatToolCallMessage, requestor: Requestor = "assistant"): ChatToolAnswer[] {
  return (message.tool_calls ?? []).map(({ id, function: called }) => ({
    role: "tool",
    tool_call_id: id,
    content: answer(env, id, called?.name ?? "", called?.arguments ?? "", requestor),
  }));
}

/** Answers every function call among the output items of a Responses answer, in order; other items are passed over. */
export function answerResponsesCalls(
  env: Environment,
  output: readonly ResponsesOutputItem[],
  requestor: Requestor = "assistant",
): ResponsesToolAnswer[] {
  return output
    .filter((item) => item.type === "function_call")
    .map(({ call_id, name = "", arguments: text }) => ({
      type: "function_call_output",
      call_id: call_id ?? "",
      output: answer(env, call_id ?? "", name, typeof text === "string" ? text : "", requestor),
    }));
}

function answer(env: Environment, id: string, name: string, text: string, requestor: Requestor): string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (thrown) {
    return `Error: the arguments of ${name} are not JSON: ${getErrorMessage(thrown)}`;
  }
  if (!isRecord(parsed)) return `Error: the arguments of ${name} must be a JSON object`;
  return env.execute({ id, name, arguments: parsed as JsonObject, requestor }).content ?? "";
}
