import { assignCallIds, findSecretArgument, pyJsonDumps } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import type { ChatMessage, ChatRequest } from "./chat-model.ts";
import type { ModelAdvice } from "./endpoint.ts";
import { ModelError } from "./model-error.ts";

/**
 * Which earlier reasoning text is sent back to the model: none, what follows the last user message, or all of it.
 * Endpoints differ: some refuse the field, some reason worse without it. Signed reasoning (`extra_content`, `reasoning_details`,
 * `thinking_blocks`) always goes back to the endpoint that sent it.
 */
export type ReasoningPolicy = "none" | "sinceLastUser" | "all";

/** Options of a model that shape its requests. */
export interface BodyOptions {
  /** Name of the model at the endpoint. */
  model: string;
  /** Parameters of every request, in the endpoint's names. Those of a request override them. */
  parameters?: JsonObject | undefined;
  /** Which earlier reasoning text is sent back. Default `none`. */
  reasoning?: ReasoningPolicy | undefined;
  /**
   * Text of a user message before a conversation that begins with the assistant, for chat templates that require one. By default the
   * conversation is sent as it is.
   */
  firstMessage?: string | undefined;
}

const reserved = ["model", "messages", "tools", "stream"];

/**
 * Creates the body of a chat completion, strictly by OpenAI's schema: without empty lists, and null only for an assistant's content.
 * @throws ModelError `configuration` for a parameter that is set by this package, and as {@link refuseSecrets}
 */
export function createRequestBody(
  { model, parameters: defaults = {}, reasoning = "none", firstMessage }: BodyOptions,
  request: ChatRequest,
  advice: ModelAdvice,
): JsonObject {
  const parameters = { ...defaults, ...request.parameters };
  const taken = reserved.find((name) => Object.hasOwn(parameters, name));
  if (taken) throw new ModelError("configuration", `parameter '${taken}' of model '${model}' is set by tau2 itself; remove it`);
  refuseSecrets(model, request.parameters, advice);
  const tools = request.tools && request.tools.length > 0 ? request.tools : null;
  const schema = request.responseSchema;
  return {
    ...parameters,
    model,
    messages: assignCallIds(toWireMessages(addFirstMessage(request.messages, firstMessage), reasoning)),
    ...(tools && {
      tools: tools.map((tool) => ({ type: tool.type, function: { ...tool.function } })),
      tool_choice: request.toolChoice ?? "auto",
    }),
    ...(schema && { response_format: { type: "json_schema", json_schema: { name: schema.name, schema: schema.schema, strict: true } } }),
  };
}

/**
 * Refuses keys, addresses and headers among the parameters, where LiteLLM takes them. Parameters are stored with a run.
 * @throws ModelError `configuration` naming the right option
 */
export function refuseSecrets(model: string, parameters: JsonObject | undefined, advice: ModelAdvice): void {
  const found = findSecretArgument(parameters);
  if (found === null) return;
  const option = advice[found.kind];
  throw new ModelError(
    "configuration",
    `${advice.parameters} of model '${model}' must not contain '${found.path}', because parameters are stored with a run: use ${option}`,
  );
}

function addFirstMessage(messages: readonly ChatMessage[], text: string | undefined): readonly ChatMessage[] {
  const at = messages.findIndex(({ role }) => role !== "system");
  if (text === undefined || messages[at]?.role !== "assistant") return messages;
  return messages.toSpliced(at, 0, { role: "user", content: text });
}

function toWireMessages(messages: readonly ChatMessage[], reasoning: ReasoningPolicy): (JsonObject & { role: string })[] {
  const lastUser = messages.findLastIndex((message) => message.role === "user");
  const from = { none: Infinity, sinceLastUser: lastUser, all: -1 }[reasoning];
  return messages.map((message, at) => {
    if (message.role !== "assistant") return { ...message };
    const calls = message.tool_calls ?? [];
    const { returned } = message;
    return {
      role: "assistant",
      // Without tool calls content is required. Beside them some endpoints refuse an empty text, and all accept null.
      content: calls.length > 0 ? message.content || null : (message.content ?? ""),
      ...(at > from && message.reasoning && { [returned?.reasoningKey ?? "reasoning_content"]: message.reasoning }),
      ...returned?.message,
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ id, name, arguments: args }, i) => ({
          id,
          type: "function",
          function: { name, arguments: pyJsonDumps(args) },
          ...returned?.calls[i],
        })),
      }),
    };
  });
}
