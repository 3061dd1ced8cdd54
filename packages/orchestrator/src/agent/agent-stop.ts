import type { AssistantMessage, ToolDeclaration } from "@tau2/domains";
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

/** Replaces a message that calls `done`, whatever else it contains, by the stop token. Returns other messages unchanged (docs/spec/core.md#4-3). */
export function replaceDone(message: AssistantMessage): AssistantMessage {
  const isDone = message.tool_calls?.some(({ name }) => name === doneTool.function.name) ?? false;
  return isDone ? { ...message, content: STOP, tool_calls: null } : message;
}

/** Returns whether an agent's message contains the stop token `###STOP###`. */
export function isAgentStop({ content }: AssistantMessage): boolean {
  return content?.includes(STOP) ?? false;
}
