import { formatExpectedAction, Tau2Error, type ExpectedAction, type Task } from "@tau2/domains";
import { modelAsker, type LlmAgent, type LlmAgentOptions } from "./llm-agent.ts";
import { getAgentPrompt, systemPrompt } from "./prompt.ts";

/** Options of {@link llmGtAgent}. */
export interface LlmGtAgentOptions extends LlmAgentOptions {
  task: Task;
  /** False shows the names of the steps only. */
  showArguments?: boolean;
}

/** An agent that is told the solution, which makes the conversation a test of the simulated user (docs/spec/core.md#4-2). */
export function llmGtAgent({ task, showArguments = true, ...options }: LlmGtAgentOptions): LlmAgent {
  if (!isGtTask(task)) throw new Tau2Error("invalid", "Task ID is not valid. Cannot run GT agent.");
  const resolution_steps = resolutionSteps(task.evaluation_criteria?.actions ?? [], showArguments);
  const system = systemPrompt({ instructions: options.prompt ?? getAgentPrompt("agent-gt"), policy: options.policy, resolution_steps });
  return { implementation: "llm_agent_gt", model: options.model.name, respond: modelAsker(options, system, "auto") };
}

/** Whether a task has a solution that could be told. */
export function isGtTask(task: Task): boolean {
  return (task.evaluation_criteria?.actions ?? []).length > 0;
}

function resolutionSteps(actions: readonly ExpectedAction[], showArguments: boolean): string {
  return actions.map((action, i) => `[Step ${i + 1}] ${showArguments ? instruction(action) : nameOnly(action)}`).join("\n");
}

function instruction(action: ExpectedAction): string {
  const what = `erform the following action: ${formatExpectedAction(action)}.`;
  return action.requestor === "assistant" ? `P${what}` : `Instruct the user to p${what}`;
}

function nameOnly({ requestor, name }: ExpectedAction): string {
  return `${requestor === "assistant" ? "Assistant" : "User"} action: ${name}.`;
}
