import { hasToolCalls, Tau2Error, type Task } from "@tau2/domains";
import { doneTool, isAgentStop, replaceDone } from "./agent-stop.ts";
import { createResponder, formatSystemPrompt, getAgentPrompt, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";

/** Options of {@link llmSoloAgent}. `tools` are those of the domain, including the user's; `done` is added. */
export interface LlmSoloAgentOptions extends LlmAgentOptions {
  task: Task;
}

/**
 * Creates an agent whose model works on a ticket alone, with tools only (docs/spec/core.md#4-3).
 * @throws Tau2Error `invalid` for a task that cannot be worked on alone
 * @example
 * ```ts
 * import { type AgentFactory, llmSoloAgent } from "@tau2/orchestrator";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const model = openAiModel({ model: "gpt-4.1" });
 * const agent: AgentFactory = ({ policy, tools, task }) => llmSoloAgent({ model, policy, tools, task });
 * ```
 */
export function llmSoloAgent({ task, ...options }: LlmSoloAgentOptions): LlmAgent {
  if (!isSoloTask(task)) throw new Tau2Error("invalid", "Task ID is not valid. Cannot run GT agent.");
  const instructions = options.prompt ?? getAgentPrompt("agent-solo");
  const system = formatSystemPrompt({ instructions, policy: options.policy, ticket: task.ticket ?? "" });
  const respond = createResponder({ ...options, tools: [...options.tools, doneTool] }, system, "required");
  return {
    implementation: "llm_agent_solo",
    model: options.model.name,
    async respond(turn) {
      if (turn.messages.some(({ role }) => role === "user")) {
        throw new Tau2Error("protocol", "LLMSoloAgent does not support user messages.");
      }
      const message = await respond(turn);
      if (!hasToolCalls(message)) throw new Tau2Error("protocol", "LLMSoloAgent only supports tool calls.");
      return replaceDone(message);
    },
    isStop: isAgentStop,
  };
}

/**
 * Returns whether a task can be worked on alone (docs/spec/core.md#4-3). A task with an initial state needs a history without text;
 * any other task needs a ticket and a solution.
 */
export function isSoloTask({ initial_state, ticket, evaluation_criteria }: Task): boolean {
  if (initial_state) {
    return (initial_state.message_history ?? []).every(
      (message) => message.role !== "user" && (message.role !== "assistant" || hasToolCalls(message)),
    );
  }
  return Boolean(ticket) && (evaluation_criteria?.actions ?? []).length > 0;
}
