import type { AssistantMessage, ToolDeclaration } from "@tau2/domains";
import type { ParticipantMessage } from "@tau2/domains/internal";
import { STOP } from "@tau2/user-sim";

/** Tool with which an agent ends its work: in solo mode, and as the learner of an environment. */
export const doneTool: ToolDeclaration = {
  type: "function",
  function: {
    name: "done",
    description: "Call this function when you are done with the task.",
    parameters: { properties: {}, type: "object" },
  },
};

/** Replaces an agent's message that calls `done`, whatever else it contains, by the stop token. Returns other messages unchanged (docs/spec/core.md#4-3). */
export function replaceDone<M extends ParticipantMessage>(message: M): M {
  const isDone = message.role === "assistant" && message.tool_calls?.some(({ name }) => name === doneTool.function.name);
  return isDone ? { ...message, content: STOP, tool_calls: null } : message;
}

/** Returns whether an agent's message contains the stop token `###STOP###`. */
export function isAgentStop({ content }: AssistantMessage): boolean {
  return content?.includes(STOP) ?? false;
}
