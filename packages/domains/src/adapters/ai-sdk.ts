import { jsonSchema, tool, type Tool } from "ai";
import type { Domain, ToolInput, ToolName } from "../core/domain/domain.ts";
import type { Environment } from "../core/environment/environment.ts";
import type { JsonObject } from "../core/json/json.ts";
import { parseCallArguments } from "../core/tool/call-arguments.ts";
import type { Requestor, ToolMessage } from "../core/task/message.ts";

/** Tools of an environment for versions 6 and 7 of the Vercel AI SDK. Needs the optional peer dependency `ai`. */

/** Tools of the AI SDK, by name, with the types of their arguments. */
type AiSdkTools<D extends Domain, R extends Requestor = "assistant"> = {
  [N in ToolName<D, R>]: Tool<ToolInput<D, N, R>, ToolMessage>;
};

/**
 * Returns the `tools` for `generateText`, `streamText` or an agent. Calls run in the environment, one after the other.
 *
 * The output of a tool is the environment's message: the model reads `content`. A refused or malformed call does not throw: its
 * message has `error` set, and the model receives it as an error.
 *
 * @example
 * ```ts
 * import { generateText, stepCountIs, type LanguageModel } from "ai";
 * import { aiSdkTools } from "@tau2/domains/ai-sdk";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * export async function ask(model: LanguageModel, prompt: string) {
 *   const env = loadEnvironment(retail);
 *   return generateText({ model, system: env.policy, tools: aiSdkTools(env), stopWhen: stepCountIs(20), prompt });
 * }
 * ```
 */
export function aiSdkTools<D extends Domain, R extends Requestor = "assistant">(env: Environment<D>, requestor?: R): AiSdkTools<D, R> {
  const caller: Requestor = requestor ?? "assistant";
  return Object.fromEntries<unknown>(
    env
      .tools(caller)
      .map(({ function: { name, description, parameters } }) => [name, createTool(env, caller, name, description, parameters)]),
  ) as AiSdkTools<D, R>;
}

function createTool(
  env: Pick<Environment, "execute">,
  requestor: Requestor,
  name: string,
  description: string,
  parameters: JsonObject,
): Tool<JsonObject, ToolMessage> {
  return tool<JsonObject, ToolMessage>({
    description,
    // Not validated here: the environment answers wrong arguments with what would be right.
    inputSchema: jsonSchema<JsonObject>(parameters),
    execute: (written, { toolCallId }) => {
      const parsed = parseCallArguments(written);
      // Refused by the environment, which names the problem.
      const args = "problem" in parsed ? written : parsed.arguments;
      return env.execute({ id: toolCallId, name, arguments: args, requestor });
    },
    toModelOutput: ({ output: { content, error } }) => ({ type: error ? "error-text" : "text", value: content ?? "" }),
  });
}
