import { jsonSchema, tool, type Tool, type ToolSet } from "ai";
import type { Environment } from "../core/environment.ts";
import type { JsonObject } from "../core/json.ts";
import type { Requestor, ToolMessage } from "../core/message.ts";

/** An environment's tools for version 6 of the Vercel AI SDK, the package `ai`, which is an optional peer of this one. */

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
export function aiSdkTools(env: Environment, requestor: Requestor = "assistant"): ToolSet {
  return Object.fromEntries(
    env
      .tools(requestor)
      .map(({ function: { name, description, parameters } }) => [name, toolOf(env, requestor, name, description, parameters)]),
  );
}

function toolOf(
  env: Environment,
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
