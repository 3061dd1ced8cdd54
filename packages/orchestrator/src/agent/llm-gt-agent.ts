import { formatExpectedAction } from "@tau2/domains/internal";
import { Tau2Error, type ExpectedAction, type Task } from "@tau2/domains";
import { createResponder, formatSystemPrompt, getAgentPrompt, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";

/** Options of {@link llmGtAgent}. */
export interface LlmGtAgentOptions extends LlmAgentOptions {
  task: Task;
  /** True to show the arguments of each step beside its name. Default true. */
  showArguments?: boolean | undefined;
}

/**
 * Creates an agent whose model receives the solution, so that the conversation tests the simulated user (docs/spec/core.md#4-2).
 * @throws Tau2Error `invalid` for a task without a solution
 * @example
 * ```ts
 * import { type AgentFactory, llmGtAgent } from "@tau2/orchestrator";
 * import { openAiModel } from "@tau2/user-sim";
 *
 * const model = openAiModel({ model: "gpt-4.1" });
 * const agent: AgentFactory = ({ policy, tools, task }) => llmGtAgent({ model, policy, tools, task });
 * ```
 */
export function llmGtAgent({ task, showArguments = true, ...options }: LlmGtAgentOptions): LlmAgent {
  if (!isGtTask(task)) throw new Tau2Error("invalid", "Task ID is not valid. Cannot run GT agent.");
  const resolution_steps = formatSteps(task.evaluation_criteria?.actions ?? [], showArguments);
  const instructions = options.prompt ?? getAgentPrompt("agent-gt");
  const system = formatSystemPrompt({ instructions, policy: options.policy, resolution_steps });
  return { implementation: "llm_agent_gt", model: options.model.name, respond: createResponder(options, system, "auto") };
}

/** Returns whether a task has a solution for {@link llmGtAgent}. */
export function isGtTask(task: Task): boolean {
  return (task.evaluation_criteria?.actions ?? []).length > 0;
}

function formatSteps(actions: readonly ExpectedAction[], showArguments: boolean): string {
  return actions.map((action, i) => `[Step ${i + 1}] ${showArguments ? formatStep(action) : formatStepName(action)}`).join("\n");
}

function formatStep(action: ExpectedAction): string {
  const what = `erform the following action: ${formatExpectedAction(action)}.`;
  return action.requestor === "assistant" ? `P${what}` : `Instruct the user to p${what}`;
}

function formatStepName({ requestor, name }: ExpectedAction): string {
  return `${requestor === "assistant" ? "Assistant" : "User"} action: ${name}.`;
}
