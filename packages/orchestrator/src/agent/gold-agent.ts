import {
  formatExpectedAction,
  hasToolCalls,
  jsonEquals,
  type ExpectedAction,
  type AssistantMessage,
  type Message,
  type Task,
} from "@tau2/domains";
import { STOP } from "@tau2/user-sim";
import { getVisibleMessages } from "../conversation/converse.ts";
import type { ImmediateAgent } from "./agent.ts";
import { isSoloStop } from "./solo-stop.ts";

/** Options of {@link goldAgent}. */
export interface GoldAgentOptions {
  task: Task;
  /** It works alone: the user's steps are its own, and it ends the conversation itself. */
  solo?: boolean;
}

/**
 * Plays the task's solution; needs no key. It makes its own calls in their order, asks the user in words for each step that is theirs, and
 * in the end says what the task wants to be said. A call that fails is not tried again: whether the solution is right shows in the reward.
 */
export function goldAgent({ task, solo = false }: GoldAgentOptions): ImmediateAgent {
  const steps = task.evaluation_criteria?.actions ?? [];
  const before = getVisibleMessages(task.initial_state?.message_history ?? [], "agent").length;
  const ending = closing(task.evaluation_criteria?.communicate_info ?? [], solo);
  return {
    implementation: "gold",
    model: null,
    respond({ messages }) {
      const own = messages.slice(before).filter((message) => message.role === "assistant");
      const done = progress(steps, own, solo);
      const step = steps[done];
      if (!step) return say(own.some(({ content }) => content === ending) ? "Thank you for your call." : ending);
      return isOwn(step, solo) ? call(step, done + 1) : say(request(step));
    },
    ...(solo ? { isStop: isSoloStop } : {}),
  };
}

/** How many steps the agent's own messages have covered, so that a forked or resumed conversation goes on where it stands. */
function progress(steps: readonly ExpectedAction[], own: readonly AssistantMessage[], solo: boolean): number {
  let done = 0;
  for (const message of own) {
    const step = steps[done];
    if (!step) break;
    if (isOwn(step, solo) ? makes(message, step) : message.content === request(step)) done++;
  }
  return done;
}

function makes(message: Message, step: ExpectedAction): boolean {
  return (
    hasToolCalls(message) && message.tool_calls.some(({ name, arguments: args }) => name === step.name && jsonEquals(args, step.arguments))
  );
}

function isOwn(step: ExpectedAction, solo: boolean): boolean {
  return solo || step.requestor === "assistant";
}

function request(step: ExpectedAction): string {
  return `Please do this on your side: ${formatExpectedAction(step)}. Then tell me what you see.`;
}

function call({ name, arguments: args }: ExpectedAction, n: number): AssistantMessage {
  return { role: "assistant", content: null, tool_calls: [{ id: `gold_${n}`, name, arguments: args, requestor: "assistant" }], cost: 0 };
}

function closing(info: readonly string[], solo: boolean): string {
  const facts = info.length > 0 ? `Here is what you need to know: ${info.join("; ")}.` : null;
  if (solo) return [...(facts ? [facts] : []), STOP].join(" ");
  return [...(facts ? [facts] : []), "Everything is taken care of."].join(" ");
}

function say(content: string): AssistantMessage {
  return { role: "assistant", content, tool_calls: null, cost: 0 };
}
