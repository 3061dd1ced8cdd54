import { type ChatModel, openAiModel, type OpenAiModelOptions } from "@tau2/user-sim";
import { llmAgent, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";

/** Options of {@link httpAgent}. */
export interface HttpAgentOptions
  extends
    Omit<LlmAgentOptions, "model">,
    Pick<OpenAiModelOptions, "apiKey" | "headers" | "timeoutMs" | "maxRetries" | "reasoning" | "advice"> {
  /** Where the agent listens, up to what stands before `/chat/completions`. */
  baseUrl: string;
  /** Sent as `model`. By default `agent`. */
  model?: string;
  /** Puts something between agent and endpoint, such as a recorder. */
  through?(endpoint: ChatModel): ChatModel;
}

/**
 * An agent of one's own behind an HTTP address. It is asked as a model is, by OpenAI chat completions with prompt and tools, and may do
 * behind that whatever it likes. It gets no key but the one given here.
 * @throws ModelError `configuration` when the base URL is none
 */
export function httpAgent({
  baseUrl,
  model = "agent",
  apiKey = "",
  headers,
  timeoutMs,
  maxRetries,
  reasoning,
  advice,
  through = (itself) => itself,
  ...options
}: HttpAgentOptions): LlmAgent {
  const endpoint = openAiModel({ model, baseUrl, apiKey, headers, timeoutMs, maxRetries, reasoning, advice, price: null });
  return { ...llmAgent({ ...options, model: through(endpoint) }), implementation: "http_agent" };
}
