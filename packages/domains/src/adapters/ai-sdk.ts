import { jsonSchema, tool, type Tool } from "ai";
import type { Domain, ToolInput, ToolName } from "../core/domain/domain.ts";
import type { Environment } from "../core/environment/environment.ts";
import type { JsonObject } from "../core/json/json.ts";
import type { Requestor, ToolMessage } from "../core/task/message.ts";

/** An environment's tools for version 6 of the Vercel AI SDK, the package `ai`, which is an optional peer of this one. */

/** Tools of the AI SDK, by name, with the types of their arguments. */
export type AiSdkTools<D extends Domain, R extends Requestor = "assistant"> = {
  [N in ToolName<D, R>]: Tool<ToolInput<D, N, R>, ToolMessage>;
};

/**
 * The `tools` of `generateText`, `streamText` or an agent: calls run in the environment, one after the other.
 *
 * A tool's output is the environment's answer: `content`, which is what the model reads, and `error`. A refused or malformed call is
 * such an answer too and nothing is thrown for it; the model is told that it is an error.
 *
 * ```ts
 * const env = loadEnvironment(retail);
 * const { text } = await generateText({ model, system: env.policy, tools: aiSdkTools(env), stopWhen: stepCountIs(20), prompt });
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
    // Without a check of its own: the environment's answers to wrong arguments say what would be right.
    inputSchema: jsonSchema<JsonObject>(parameters),
    execute: (args, { toolCallId }) => env.execute({ id: toolCallId, name, arguments: args, requestor }),
    toModelOutput: ({ output: { content, error } }) => ({ type: error ? "error-text" : "text", value: content ?? "" }),
  });
}
