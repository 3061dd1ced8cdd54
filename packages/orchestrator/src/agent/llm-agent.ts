import type { AssistantMessage, JsonObject, ToolDeclaration } from "@tau2/domains";
import type { ChatModel, ChatRequest } from "@tau2/user-sim";
import type { Agent, AgentTurn } from "./agent.ts";
import { toAssistantMessage, toChatMessages } from "./chat-messages.ts";
import { getAgentPrompt, systemPrompt } from "./prompt.ts";

/** Options of {@link llmAgent}. */
export interface LlmAgentOptions {
  model: ChatModel;
  /** The domain's policy; stands in the system prompt word for word. */
  policy: string;
  tools: readonly ToolDeclaration[];
  /** Sent with every request, in the endpoint's own names: `temperature`, `max_tokens`, … */
  parameters?: JsonObject;
  /** Sent as the parameter `seed`; by default none is. */
  seed?: number | null;
  /** Instructions in place of `getAgentPrompt`. */
  prompt?: string;
}

/** An agent whose messages come from a model, and so always later. */
export interface LlmAgent extends Agent {
  /** @throws ModelError */
  respond(turn: AgentTurn): Promise<AssistantMessage>;
}

/** The agent under test: a model that gets instructions, policy and tools (docs/spec/core.md#4-1). It cannot end a conversation. */
export function llmAgent(options: LlmAgentOptions): LlmAgent {
  const instructions = options.prompt ?? getAgentPrompt("agent");
  const ask = modelAsker(options, systemPrompt({ instructions, policy: options.policy }), "auto");
  return { implementation: "llm_agent", model: options.model.name, respond: ask };
}

/** What the agents with a model have in common: one request a turn, with the same prompt, tools and parameters every time. */
export function modelAsker(
  { model, tools, parameters = {}, seed = null }: Omit<LlmAgentOptions, "policy" | "prompt">,
  system: string,
  toolChoice: NonNullable<ChatRequest["toolChoice"]>,
): (turn: AgentTurn) => Promise<AssistantMessage> {
  const fixed = {
    ...(tools.length > 0 ? { tools, toolChoice } : {}),
    parameters: seed === null ? parameters : { ...parameters, seed },
  };
  return async ({ messages, signal }) =>
    toAssistantMessage(await model.complete({ messages: toChatMessages(system, messages), ...fixed, ...(signal ? { signal } : {}) }));
}
