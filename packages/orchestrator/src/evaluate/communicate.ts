import { hasText, type Message, type Task } from "@tau2/domains";
import type { Part } from "./evaluation.ts";

/**
 * Whether the agent said what the user had to learn (docs/spec/core.md#7-5): each text must be somewhere in one of its messages, whatever the
 * case, with the commas of the message taken out (but not those of the text).
 */
export function evaluateCommunicate(task: Task, messages: readonly Message[]): Part {
  const wanted = task.evaluation_criteria?.communicate_info ?? [];
  if (wanted.length === 0) {
    return { reward: 1, breakdown: { COMMUNICATE: 1 }, note: "No communicate_info to evaluate", checks: { communicate_checks: null } };
  }
  const said = messages.flatMap((message) => {
    if (message.role !== "assistant" || !hasText(message)) return [];
    return { content: message.content, searched: message.content.toLowerCase().replaceAll(",", "") };
  });
  const checks = wanted.map((info) => {
    const place = said.find(({ searched }) => searched.includes(info.toLowerCase()));
    const justification = place
      ? `Information '${info}' communicated in the message:\n '${place.content}'`
      : `Information '${info}' not communicated.`;
    return { info, met: place !== undefined, justification };
  });
  const reward = checks.every(({ met }) => met) ? 1 : 0;
  return { reward, breakdown: { COMMUNICATE: reward }, note: null, checks: { communicate_checks: checks } };
}
