import type { AssistantMessage, JsonObject, ToolDeclaration } from "@tau2/domains";
import type { ChatModel, ChatRequest } from "@tau2/user-sim";
import { prompts } from "../prompts.ts";
import type { Agent, AgentTurn } from "./agent.ts";
import { toAssistantMessage, toChatMessages } from "./chat-messages.ts";

/** Options of {@link llmAgent}. */
export interface LlmAgentOptions {
  model: ChatModel;
  /** Policy of the domain, inserted unchanged into the system prompt. */
  policy: string;
  tools: readonly ToolDeclaration[];
  /** Parameters of every request, in the endpoint's names: `temperature`, `max_tokens`, … */
  parameters?: JsonObject | undefined;
  /** Sent as `seed`. By default none is sent. */
  seed?: number | null | undefined;
  /** Replaces the instructions of the agent. */
  prompt?: string | undefined;
}

/** {@link Agent} with a model. */
export interface LlmAgent extends Agent {
  /** @throws ModelError */
  respond(turn: AgentTurn): Promise<AssistantMessage>;
}

/**
 * Creates the agent under test: a model with instructions, policy and tools (docs/spec/core.md#4-1). It cannot end a conversation.
 * @example
 * ```ts
 * import { type AgentFactory, llmAgent } from "@tau2/orchestrator";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const model = openAiModel({ model: "gpt-4.1" });
 * const agent: AgentFactory = ({ policy, tools }) => llmAgent({ model, policy, tools, parameters: { temperature: 0 } });
 * ```
 */
export function llmAgent(options: LlmAgentOptions): LlmAgent {
  const instructions = options.prompt ?? getAgentPrompt("agent");
  const respond = createResponder(options, formatSystemPrompt({ instructions, policy: options.policy }), "auto");
  return { implementation: "llm_agent", model: options.model.name, respond };
}

/** Creates `respond` of an agent with a model: one request per turn, always with the same prompt, tools and parameters. */
export function createResponder(
  { model, tools, parameters = {}, seed = null }: Omit<LlmAgentOptions, "policy" | "prompt">,
  system: string,
  toolChoice: NonNullable<ChatRequest["toolChoice"]>,
): LlmAgent["respond"] {
  const request = {
    ...(tools.length > 0 && { tools, toolChoice }),
    parameters: seed === null ? parameters : { ...parameters, seed },
  };
  return async ({ messages, signal }) =>
    toAssistantMessage(await model.complete({ ...request, messages: toChatMessages(system, messages), signal }));
}

/** Name of an instruction text of this package. */
export type PromptName = Exclude<keyof typeof prompts, "nl-judge">;

/** Returns an instruction text of this package. */
export function getAgentPrompt(name: PromptName): string {
  return prompts[name];
}

/** Formats a system prompt: the text of each block between tags of its name, in the given order (docs/spec/core.md#4). */
export function formatSystemPrompt(blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks)
    .map(([tag, text]) => `<${tag}>\n${text}\n</${tag}>`)
    .join("\n");
}
