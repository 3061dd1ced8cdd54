import { hasText } from "@tau2/domains/internal";
import type { Message, Task } from "@tau2/domains";
import { createListResult, type ComponentResult } from "./component-result.ts";

/**
 * Checks whether the agent said what the user has to learn (docs/spec/core.md#7-5). Each text must occur in one of its messages, ignoring
 * case and the commas of the message, but not those of the text.
 */
export function evaluateCommunicate(task: Task, messages: readonly Message[]): ComponentResult {
  const wanted = task.evaluation_criteria?.communicate_info ?? [];
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
  const items = checks.map(({ met, info }) => ({ met, text: info }));
  return createListResult(items, { communicate_checks: checks.length > 0 ? checks : null }, "No communicate_info to evaluate");
}
