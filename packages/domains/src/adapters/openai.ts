import type { Domain, ToolName } from "../core/domain/domain.ts";
import type { Environment } from "../core/environment/environment.ts";
import type { JsonObject } from "../core/json/json.ts";
import type { Requestor } from "../core/task/message.ts";
import { assignCallIds } from "../core/task/assign-call-ids.ts";
import { parseCallArguments } from "../core/tool/call-arguments.ts";
import type { ToolDeclaration } from "../core/tool/tool.ts";

/**
 * Tools of an environment for OpenAI-compatible endpoints: declarations to send, and answers to the calls that come back.
 * The types are structurally those of the package `openai`, which is not needed.
 */

/** Message of chat completions, as far as it matters here. */
interface ChatToolCallMessage {
  tool_calls?:
    | readonly {
        /** Null or missing from some endpoints; see {@link assignCallIds}. */
        id?: string | null;
        type?: string;
        /** `arguments` is JSON text. Some endpoints send an object, null or nothing. */
        function?: { name: string; arguments?: unknown };
      }[]
    | null;
}

/** Output item of the Responses API, as far as it matters here. */
interface ResponsesOutputItem {
  type: string;
  call_id?: string | null;
  name?: string;
  /** JSON text in a `function_call`, an object from some endpoints; other types in other items. */
  arguments?: unknown;
}

export { assignCallIds };

/** Returns the `tools` for a request of chat completions. */
export function chatTools<D extends Domain, R extends Requestor = "assistant">(
  env: Environment<D>,
  requestor?: R,
): ToolDeclaration<ToolName<D, R>>[] {
  return env.tools(requestor);
}

/** Returns the `tools` for a request of the Responses API. */
export function responsesTools<D extends Domain, R extends Requestor = "assistant">(
  env: Environment<D>,
  requestor?: R,
): { type: "function"; name: ToolName<D, R>; description: string; parameters: JsonObject; strict: false }[] {
  return env.tools(requestor).map(({ function: declaration }) => ({ type: "function", ...declaration, strict: false }));
}

/**
 * Executes all calls of a message of chat completions, in order. Append the result to the conversation.
 * Does not throw for anything that a model wrote: arguments that are not a JSON object are answered with an error text.
 * @example
 * ```ts
 * import { answerChatCalls } from "@tau2/domains/openai";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * const reply = { tool_calls: [{ id: "1", function: { name: "list_all_product_types", arguments: "{}" } }] };
 * console.log(answerChatCalls(loadEnvironment(retail), reply));
 * ```
 */
export function answerChatCalls(
  env: Environment,
  message: ChatToolCallMessage,
  requestor: Requestor = "assistant",
): { role: "tool"; tool_call_id: string; content: string }[] {
  return (message.tool_calls ?? []).map(({ id, function: called }) => ({
    role: "tool",
    tool_call_id: id ?? "",
    content: answer(env, id ?? "", called?.name ?? "", called?.arguments, requestor),
  }));
}

/** Executes all function calls among the output items of a response, in order. Skips other items. */
export function answerResponsesCalls(
  env: Environment,
  output: readonly ResponsesOutputItem[],
  requestor: Requestor = "assistant",
): { type: "function_call_output"; call_id: string; output: string }[] {
  return output
    .filter((item) => item.type === "function_call")
    .map(({ call_id, name = "", arguments: written }) => ({
      type: "function_call_output",
      call_id: call_id ?? "",
      output: answer(env, call_id ?? "", name, written, requestor),
    }));
}

function answer(env: Environment, id: string, name: string, written: unknown, requestor: Requestor): string {
  const parsed = parseCallArguments(written);
  if ("problem" in parsed) return `Error: the arguments of ${name} are ${parsed.problem}; send a JSON object`;
  return env.execute({ id, name, arguments: parsed.arguments, requestor }).content ?? "";
}
