import { openAiModel, type ChatModel, type OpenAiModelOptions } from "@tau2/user-sim";
import { llmAgent, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";

/** Options of {@link httpAgent}. */
export interface HttpAgentOptions
  extends
    Omit<LlmAgentOptions, "model">,
    Pick<OpenAiModelOptions, "apiKey" | "headers" | "timeoutMs" | "maxRetries" | "maxResponseBytes" | "reasoning" | "advice"> {
  /** Address of the agent, up to what precedes `/chat/completions`. */
  baseUrl: string;
  /** Value of `model` in requests. Default `agent`. */
  model?: string | undefined;
  /** Wraps the endpoint, for example to record its calls. */
  wrap?: ((endpoint: ChatModel) => ChatModel) | undefined;
}

/**
 * Creates an agent behind an HTTP address that answers OpenAI chat completions. It receives prompt, messages and tools as a model does.
 * `OPENAI_API_KEY` is not sent to it.
 * @throws ModelError `configuration` for a bad base URL
 * @example
 * ```ts
 * import { type AgentFactory, httpAgent } from "@tau2/orchestrator";
 *
 * const agent: AgentFactory = ({ policy, tools, seed }) => httpAgent({ baseUrl: "http://127.0.0.1:9000/v1", policy, tools, seed });
 * ```
 */
export function httpAgent({
  baseUrl,
  model = "agent",
  apiKey = "",
  headers,
  timeoutMs,
  maxRetries,
  maxResponseBytes,
  reasoning,
  advice,
  wrap = (endpoint) => endpoint,
  ...options
}: HttpAgentOptions): LlmAgent {
  const endpoint = openAiModel({
    model,
    baseUrl,
    apiKey,
    headers,
    timeoutMs,
    maxRetries,
    maxResponseBytes,
    reasoning,
    advice,
    price: null,
  });
  return { ...llmAgent({ ...options, model: wrap(endpoint) }), implementation: "http_agent" };
}
