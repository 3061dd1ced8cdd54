import { getErrorMessage, redactText } from "@tau2/domains/internal";
import type OpenAI from "openai";
import type { ClientOptions } from "openai";
import type { ChatModel, ChatReply, ChatRequest } from "./chat-model.ts";
import { classifyFailure } from "./classify-failure.ts";
import { DeadlineError, LONGEST_TIMER, withDeadline } from "./deadline.ts";
import { modelDefaults } from "./defaults.ts";
import { describeEndpoint, resolveEndpoint, type EndpointOptions } from "./endpoint.ts";
import { findProxy } from "./http/proxy.ts";
import { isModelError, ModelError } from "./model-error.ts";
import { parseReply } from "./parse-reply.ts";
import { computeCost, getListPrice, type Price } from "./prices.ts";
import { createRequestBody, refuseSecrets, type BodyOptions } from "./request-body.ts";
import { retryTransientFailures } from "./retry.ts";

/** Options of {@link openAiModel}. */
export interface OpenAiModelOptions extends EndpointOptions, BodyOptions {
  /** Milliseconds for one attempt, from sending to the last byte of the answer. Default 300,000. */
  timeoutMs?: number | undefined;
  /** Attempts after a first one that failed for a transient reason. Default 3; 0 disables retries. */
  maxRetries?: number | undefined;
  /**
   * Bytes after which an answer is cut off, before and after decompression. The call fails with the fault `too_large` and is not retried.
   * Default 32,000,000.
   */
  maxResponseBytes?: number | undefined;
  /** Replaces the list price; null means unknown. */
  price?: Price | null | undefined;
  /**
   * Replaces the built-in HTTP client, for recording or other limits. The global `fetch` fits. The built-in one uses the proxies that
   * `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` name.
   */
  fetch?: ClientOptions["fetch"];
}

/**
 * Creates a model behind an endpoint for OpenAI chat completions: OpenAI, vLLM, SGLang, llama.cpp, Ollama, a LiteLLM proxy, …
 * @throws ModelError `configuration` for a missing key, a bad base URL, a time or size limit of 0, or a key, address or headers among the
 * parameters
 * @example
 * ```ts
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const model = openAiModel({ model: "gpt-4.1", parameters: { temperature: 0 } });
 * const local = openAiModel({ model: "qwen3", baseUrl: "http://127.0.0.1:8000/v1" });
 * ```
 */
export function openAiModel(options: OpenAiModelOptions): ChatModel {
  const { model } = options;
  const { timeoutMs = modelDefaults.timeoutMs, maxRetries = modelDefaults.maxRetries } = options;
  const { fetch, maxResponseBytes = modelDefaults.maxResponseBytes } = options;
  const endpoint = resolveEndpoint(options);
  const proxy = fetch ? null : findProxy(endpoint.baseUrl);
  refuseSecrets(model, options.parameters, endpoint.advice);
  if (!(timeoutMs > 0)) {
    const { timeout } = endpoint.advice;
    throw new ModelError("configuration", `${timeout} of model '${model}' is ${timeoutMs / 1000} seconds; it must be more than 0`);
  }
  if (!(maxResponseBytes > 0)) {
    const { responseBytes } = endpoint.advice;
    throw new ModelError("configuration", `${responseBytes} of model '${model}' is ${maxResponseBytes}; it must be more than 0`);
  }
  const where = describeEndpoint(endpoint);
  let client: Promise<OpenAI> | undefined;

  async function sendOnce(request: ChatRequest): Promise<ChatReply> {
    const body = createRequestBody(options, request, endpoint.advice);
    client ??= import("./client.ts").then(({ createClient }) => createClient(endpoint, { fetch, maxResponseBytes }));
    const { chat } = await client;
    const started = performance.now();
    const text = await withDeadline({ timeoutMs, signal: request.signal }, async (signal) => {
      const sent = chat.completions.create(body as never, { signal, maxRetries: 0, timeout: LONGEST_TIMER });
      const response: Response = await sent.asResponse();
      return response.text();
    });
    const generationSeconds = (performance.now() - started) / 1000;
    const { cachedTokens, ...reply } = parseReply(redactText(text), endpoint);
    const price = options.price !== undefined ? options.price : (getListPrice(model) ?? getListPrice(reply.model ?? ""));
    return { ...reply, cost: computeCost(price, reply.usage, cachedTokens), generationSeconds };
  }

  async function send(request: ChatRequest): Promise<ChatReply> {
    const classify = (thrown: unknown) => classifyFailure(thrown instanceof DeadlineError ? toTimeout(thrown) : thrown, endpoint, proxy);
    try {
      return await retryTransientFailures(() => sendOnce(request), classify, { maxRetries }, request.signal);
    } catch (thrown) {
      if (!request.signal?.aborted) throw thrown;
      throw new ModelError("cancelled", `the request to ${where} was cancelled: ${getErrorMessage(request.signal.reason)}`, {
        cause: request.signal.reason,
      });
    }
  }

  function toTimeout(cause: DeadlineError): ModelError {
    const { timeout } = endpoint.advice;
    return new ModelError("timeout", `${where} did not answer within ${timeoutMs / 1000} seconds; raise ${timeout}, or lower max_tokens`, {
      cause,
    });
  }

  return {
    name: model,
    async complete(request) {
      try {
        return await send(request);
      } catch (thrown) {
        if (!(request.responseSchema && isSchemaRefusal(thrown))) throw thrown;
        return send({ ...request, responseSchema: undefined });
      }
    },
  };
}

/** An endpoint without structured output refuses the schema in these words. The caller's prompt asks for JSON anyway. */
function isSchemaRefusal(thrown: unknown): boolean {
  return isModelError(thrown) && thrown.fault === "configuration" && /response_format|json_schema|structured output/i.test(thrown.message);
}
