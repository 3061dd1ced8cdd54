import { formatExpectedAction, jsonEquals } from "@tau2/domains/internal";
import { hasToolCalls, type AssistantMessage, type ExpectedAction, type Message, type Task } from "@tau2/domains";
import { STOP } from "@tau2/user-sim";
import { getVisibleMessages } from "../conversation/conversation.ts";
import { isAgentStop } from "./agent-stop.ts";
import type { ImmediateAgent } from "./agent.ts";

/** Options of {@link goldAgent}. */
export interface GoldAgentOptions {
  task: Task;
  /** True if the agent works alone: it performs the user's actions itself and ends the conversation. Default false. */
  solo?: boolean | undefined;
}

/**
 * Creates an agent that plays the task's solution without a model. It makes its own calls in order, asks the user for each of theirs, and
 * finally says what the task wants communicated. Failed calls are not repeated, so the reward shows whether the solution is right.
 * @example
 * ```ts
 * import { goldAgent, type AgentFactory } from "@tau2/orchestrator";
 *
 * const agent: AgentFactory = ({ task, environment }) => goldAgent({ task, solo: environment.solo });
 * ```
 */
export function goldAgent({ task, solo = false }: GoldAgentOptions): ImmediateAgent {
  const steps = task.evaluation_criteria?.actions ?? [];
  const historyLength = getVisibleMessages(task.initial_state?.message_history ?? [], "agent").length;
  const closing = createClosing(task.evaluation_criteria?.communicate_info ?? [], solo);
  return {
    implementation: "gold",
    model: null,
    respond({ messages }) {
      const own = messages.slice(historyLength).filter((message) => message.role === "assistant");
      const done = countDoneSteps(steps, own, solo);
      const step = steps[done];
      if (!step) return createText(own.some(({ content }) => content === closing) ? "Thank you for your call." : closing);
      return isOwnStep(step, solo) ? createCall(step, done + 1) : createText(createRequest(step));
    },
    isStop: solo ? isAgentStop : undefined,
  };
}

/** Counts the steps that the agent's messages have covered, so that a forked or resumed conversation continues correctly. */
function countDoneSteps(steps: readonly ExpectedAction[], own: readonly AssistantMessage[], solo: boolean): number {
  let done = 0;
  for (const message of own) {
    const step = steps[done];
    if (!step) break;
    if (isOwnStep(step, solo) ? makesCall(message, step) : message.content === createRequest(step)) done++;
  }
  return done;
}

function makesCall(message: Message, step: ExpectedAction): boolean {
  return (
    hasToolCalls(message) && message.tool_calls.some(({ name, arguments: args }) => name === step.name && jsonEquals(args, step.arguments))
  );
}

function isOwnStep(step: ExpectedAction, solo: boolean): boolean {
  return solo || step.requestor === "assistant";
}

function createRequest(step: ExpectedAction): string {
  return `Please do this on your side: ${formatExpectedAction(step)}. Then tell me what you see.`;
}

function createCall({ name, arguments: args }: ExpectedAction, n: number): AssistantMessage {
  return { role: "assistant", content: null, tool_calls: [{ id: `gold_${n}`, name, arguments: args, requestor: "assistant" }], cost: 0 };
}

function createClosing(info: readonly string[], solo: boolean): string {
  const facts = info.length > 0 ? [`Here is what you need to know: ${info.join("; ")}.`] : [];
  return [...facts, solo ? STOP : "Everything is taken care of."].join(" ");
}

function createText(content: string): AssistantMessage {
  return { role: "assistant", content, tool_calls: null, cost: 0 };
}
