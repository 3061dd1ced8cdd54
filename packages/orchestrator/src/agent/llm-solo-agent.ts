import { hasToolCalls, Tau2Error, type Task, type ToolDeclaration } from "@tau2/domains";
import { modelAsker, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";
import { getAgentPrompt, systemPrompt } from "./prompt.ts";
import { isSoloStop, stopOnDone } from "./solo-stop.ts";

/** Options of {@link llmSoloAgent}. `tools` are the domain's, the user's among them; `done` is added. */
export interface LlmSoloAgentOptions extends LlmAgentOptions {
  task: Task;
}

/** The tool with which an agent that works alone says that it has finished. */
export const doneTool: ToolDeclaration = {
  type: "function",
  function: {
    name: "done",
    description: "Call this function when you are done with the task.",
    parameters: { properties: {}, type: "object" },
  },
};

/** An agent that works on a ticket alone, with tools only (docs/spec/core.md#4-3). */
export function llmSoloAgent({ task, ...options }: LlmSoloAgentOptions): LlmAgent {
  if (!isSoloTask(task)) throw new Tau2Error("invalid", "Task ID is not valid. Cannot run GT agent.");
  const instructions = options.prompt ?? getAgentPrompt("agent-solo");
  const system = systemPrompt({ instructions, policy: options.policy, ticket: task.ticket ?? "" });
  const ask = modelAsker({ ...options, tools: [...options.tools, doneTool] }, system, "required");
  return {
    implementation: "llm_agent_solo",
    model: options.model.name,
    async respond(turn) {
      if (turn.messages.some(({ role }) => role === "user")) {
        throw new Tau2Error("protocol", "LLMSoloAgent does not support user messages.");
      }
      const message = await ask(turn);
      if (!hasToolCalls(message)) throw new Tau2Error("protocol", "LLMSoloAgent only supports tool calls.");
      return stopOnDone(message);
    },
    isStop: isSoloStop,
  };
}

/**
 * Whether a task can be worked on alone. A task with an initial state needs only a history without talk in it; any other needs a ticket and
 * a solution (docs/spec/core.md#4-3).
 */
export function isSoloTask({ initial_state, ticket, evaluation_criteria }: Task): boolean {
  if (initial_state) {
    return (initial_state.message_history ?? []).every(
      (message) => message.role !== "user" && (message.role !== "assistant" || hasToolCalls(message)),
    );
  }
  return Boolean(ticket) && (evaluation_criteria?.actions ?? []).length > 0;
}
