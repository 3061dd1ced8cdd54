import { pyJsonDumps, type JsonObject } from "@tau2/domains";
import type { ChatMessage, ChatRequest } from "./chat-model.ts";
import { ModelError } from "./model-error.ts";

/**
 * Whether the model gets to see its own earlier `reasoning_content` again: never, since the last message of its user, or always.
 * Endpoints differ: some refuse the field, some reason worse without it.
 */
export type ReasoningPolicy = "none" | "sinceLastUser" | "all";

const reserved = ["model", "messages", "tools", "stream"];

/** The body of a chat completion, strictly as OpenAI's schema has it: no empty lists, no null keys but an assistant's content. */
export function requestBody(model: string, request: ChatRequest, defaults: JsonObject, reasoning: ReasoningPolicy): JsonObject {
  const parameters = { ...defaults, ...request.parameters };
  const taken = reserved.find((name) => Object.hasOwn(parameters, name));
  if (taken) {
    throw new ModelError("configuration", `'${taken}' among the parameters of model '${model}': it is set by tau2 itself; leave it out`);
  }
  const tools = request.tools && request.tools.length > 0 ? request.tools : null;
  const schema = request.responseSchema;
  return {
    ...parameters,
    model,
    messages: wireMessages(request.messages, reasoning),
    ...(tools && {
      tools: tools.map((tool) => ({ type: tool.type, function: { ...tool.function } })),
      tool_choice: request.toolChoice ?? "auto",
    }),
    ...(schema && { response_format: { type: "json_schema", json_schema: { name: schema.name, schema: schema.schema, strict: true } } }),
  };
}

function wireMessages(messages: readonly ChatMessage[], reasoning: ReasoningPolicy): JsonObject[] {
  const lastUser = messages.findLastIndex((message) => message.role === "user");
  const from = { none: Infinity, sinceLastUser: lastUser, all: -1 }[reasoning];
  return messages.map((message, at) => {
    if (message.role !== "assistant") return { ...message };
    const calls = message.tool_calls ?? [];
    return {
      role: "assistant",
      // Without calls the content is required; beside calls an empty text is refused by some endpoints, null by none.
      content: calls.length > 0 ? message.content || null : (message.content ?? ""),
      ...(at > from && message.reasoning && { reasoning_content: message.reasoning }),
      ...(calls.length > 0 && {
        tool_calls: calls.map(({ id, name, arguments: args }) => ({
          id,
          type: "function",
          function: { name, arguments: pyJsonDumps(args) },
        })),
      }),
    };
  });
}
