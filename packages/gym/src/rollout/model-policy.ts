import { pyJsonDumps } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { isModelError, type ChatModel, type ChatReply, type ModelError } from "@tau2/user-sim";
import type { FlatTool, ModelToolCall } from "../training/messages.ts";
import { wireMessages } from "./wire-messages.ts";
import type { Policy, PolicyReply, PolicyTurn } from "./policy.ts";
import { toolsInText } from "./tools-in-text.ts";

/** Options of {@link modelPolicy}. */
export interface ModelPolicyOptions {
  /** Behind any OpenAI-compatible endpoint: vLLM, llama.cpp, Tinker's, … */
  model: ChatModel;
  /** Sent with every request, in the endpoint's own names; a rollout's temperature, `max_tokens` and seed win over them. */
  parameters?: JsonObject | undefined;
  /**
   * How the model is told of its tools. `native` (default): through the endpoint; calls in its text are understood as well. `text`: in the
   * system prompt, for endpoints that know no tools.
   */
  tools?: "native" | "text" | undefined;
}

/** A model as a policy. */
export function modelPolicy({ model, parameters = {}, tools: mode = "native" }: ModelPolicyOptions): Policy {
  return {
    name: model.name,
    async act({ messages, tools, temperature, maxTokens, seed, signal }) {
      const shown = mode === "text" ? toolsInText(messages, tools) : messages;
      const request = {
        messages: wireMessages(shown),
        ...(mode === "native" ? { tools: tools.map(declared) } : {}),
        parameters: { ...parameters, ...sampling({ temperature, maxTokens, seed }) },
        ...(signal ? { signal } : {}),
      };
      try {
        return reply(await model.complete(request));
      } catch (thrown) {
        const call = unreadableCall(thrown);
        if (!call) throw thrown;
        return { content: null, tool_calls: [{ id: "call_1", type: "function", function: call }] };
      }
    },
  };
}

function declared({ type, ...tool }: FlatTool) {
  return { type, function: tool };
}

function sampling({ temperature, maxTokens, seed }: Pick<PolicyTurn, "temperature" | "maxTokens" | "seed">): JsonObject {
  return {
    ...(temperature === null ? {} : { temperature }),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    ...(seed === null ? {} : { seed }),
  };
}

function reply({ content, toolCalls }: ChatReply): PolicyReply {
  const calls = toolCalls?.map(({ id, name, arguments: args }, i): ModelToolCall => {
    return { id: id || `call_${i + 1}`, type: "function", function: { name, arguments: pyJsonDumps(args) } };
  });
  return { content, tool_calls: calls ?? null };
}

/** A call whose arguments are no JSON is the model's own mistake: it is played, not counted as a fault of the endpoint. */
function unreadableCall(thrown: unknown): ModelError["call"] {
  return isModelError(thrown) ? thrown.call : null;
}
