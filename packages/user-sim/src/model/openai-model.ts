import { getErrorMessage, type JsonObject } from "@tau2/domains";
import type OpenAI from "openai";
import type { ClientOptions } from "openai";
import type { ChatModel, ChatReply, ChatRequest } from "./chat-model.ts";
import { createClient } from "./client.ts";
import { DeadlineError, withDeadline } from "./deadline.ts";
import { resolveEndpoint, type EndpointOptions } from "./endpoint.ts";
import { classifyFailure, nameOf } from "./fault.ts";
import { ModelError } from "./model-error.ts";
import { computeCost, getListPrice, type Price } from "./prices.ts";
import { withRetries } from "./retry.ts";
import { parseReply } from "./wire-reply.ts";
import { requestBody, type ReasoningPolicy } from "./wire-request.ts";

/** Options of {@link openAiModel}. */
export interface OpenAiModelOptions extends EndpointOptions {
  /** Sent with every request, in the endpoint's names; those of the request win. */
  parameters?: JsonObject | undefined;
  /** Milliseconds for one attempt, from sending to the last byte of the answer. Five minutes by default. */
  timeoutMs?: number | undefined;
  /** Attempts after a first one that failed for a transient reason; 3 by default, 0 for none. */
  maxRetries?: number | undefined;
  /** In place of the list price; null for unknown. */
  price?: Price | null | undefined;
  /** Whether earlier reasoning is sent back; `none` by default. */
  reasoning?: ReasoningPolicy | undefined;
  /** In place of a leaner one of our own: for proxies, recording, other limits. The global `fetch` will do. */
  fetch?: ClientOptions["fetch"];
}

/**
 * A model behind any endpoint that speaks OpenAI chat completions: OpenAI, vLLM, SGLang, llama.cpp, Ollama, a LiteLLM proxy, …
 *
 * ```ts
 * const model = openAiModel({ model: "gpt-4.1", parameters: { temperature: 0 } });
 * const local = openAiModel({ model: "qwen3", baseUrl: "http://127.0.0.1:8000/v1" });
 * ```
 * @throws ModelError `configuration` at once when the key is missing or the base URL is none.
 */
export function openAiModel(options: OpenAiModelOptions): ChatModel {
  const { model, parameters = {}, timeoutMs = 300_000, maxRetries = 3, reasoning = "none" } = options;
  const endpoint = resolveEndpoint(options);
  if (!(timeoutMs > 0)) {
    const { timeout } = endpoint.advice;
    throw new ModelError("configuration", `${timeout} of model '${model}' gives it ${timeoutMs / 1000} seconds; it must be more than 0`);
  }
  const where = nameOf(endpoint);
  let client: Promise<OpenAI> | undefined;

  async function attempt(request: ChatRequest): Promise<ChatReply> {
    const body = requestBody(model, request, parameters, reasoning);
    const { chat } = await (client ??= createClient(endpoint, options.fetch));
    const started = performance.now();
    const text = await withDeadline(timeoutMs, request.signal, async (signal) => {
      const sent = chat.completions.create(body as never, { signal, maxRetries: 0, timeout: 2 ** 31 - 1 });
      const response: Response = await sent.asResponse();
      return response.text();
    });
    const generationSeconds = (performance.now() - started) / 1000;
    const { cachedTokens, ...reply } = parseReply(text, where);
    const price = options.price !== undefined ? options.price : (getListPrice(model) ?? getListPrice(reply.model ?? ""));
    return { ...reply, cost: computeCost(price, reply.usage, cachedTokens), generationSeconds };
  }

  async function ask(request: ChatRequest): Promise<ChatReply> {
    const failure = (thrown: unknown) => classifyFailure(thrown instanceof DeadlineError ? late(thrown) : thrown, endpoint);
    try {
      return await withRetries(() => attempt(request), failure, { maxRetries }, request.signal);
    } catch (thrown) {
      if (!request.signal?.aborted) throw thrown;
      throw new ModelError("cancelled", `the request to ${where} was cancelled: ${getErrorMessage(request.signal.reason)}`, {
        cause: request.signal.reason,
      });
    }
  }

  function late(cause: DeadlineError): ModelError {
    const { timeout } = endpoint.advice;
    return new ModelError("timeout", `${where} gave no answer within ${timeoutMs / 1000} seconds; raise ${timeout}, or lower max_tokens`, {
      cause,
    });
  }

  return {
    name: model,
    async complete(request) {
      try {
        return await ask(request);
      } catch (thrown) {
        if (!(request.responseSchema && refusesSchema(thrown))) throw thrown;
        const { responseSchema: _, ...plain } = request;
        return ask(plain);
      }
    },
  };
}

/** An endpoint that cannot hold an answer to a schema says so in these words; the caller's prompt asks for JSON anyway. */
function refusesSchema(thrown: unknown): boolean {
  return (
    thrown instanceof ModelError &&
    thrown.fault === "configuration" &&
    /response_format|json_schema|structured output/i.test(thrown.message)
  );
}
