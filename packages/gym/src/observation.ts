import { hasToolCalls, type Message } from "@tau2/domains";
import { getVisibleMessages } from "@tau2/orchestrator/internal";
import { formatCalls } from "./action/action.ts";
import type { Side } from "./episode/frame.ts";

/** What is new to a learner: everything it has seen since its own last message. */
export function getNewMessages(messages: readonly Message[], learner: Side): Message[] {
  const view = getVisibleMessages(messages, learner);
  const own = learner === "agent" ? "assistant" : "user";
  return view.slice(view.findLastIndex(({ role }) => role === own) + 1);
}

/**
 * Messages as the reference shows them to a learner (docs/spec/core.md#11-2), one after the other: `user: Hello`, `tool: {"id": 1}`, and calls as
 * `assistant: f(a=1), g()`.
 */
export function formatObservation(messages: readonly Message[]): string {
  return messages.map(entryText).join("\n");
}

function entryText(message: Message): string {
  const { role, content } = message;
  return `${role}: ${hasToolCalls(message) ? formatCalls(message).join(", ") : (content ?? "")}`;
}
