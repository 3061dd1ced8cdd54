import { findToolOnEitherSide, jsonEquals } from "@tau2/domains/internal";
import { hasToolCalls, type Domain, type ExpectedAction, type Message, type Task, type ToolCall } from "@tau2/domains";
import { createListResult, type ComponentResult } from "./component-result.ts";

/** Checks whether each action of the solution was made, by either side, in any order and any number of times (docs/spec/core.md#7-4). */
export function evaluateActions(domain: Domain, task: Task, messages: readonly Message[]): ComponentResult {
  const expected = task.evaluation_criteria?.actions ?? [];
  const calls = messages.flatMap((message) => (hasToolCalls(message) ? message.tool_calls : []));
  const checks = expected.map((action) => {
    const action_match = calls.some((call) => matchesAction(action, call));
    return { action, action_match, action_reward: action_match ? 1 : 0, tool_type: getToolType(domain, action.name) };
  });
  const items = checks.map(({ action_match, action }) => ({ met: action_match, text: action.action_id }));
  return createListResult(items, { action_checks: checks.length > 0 ? checks : null }, "No actions to evaluate");
}

/**
 * Returns whether a call has the name and the compared arguments of an action. Without `compare_args` the arguments of the call are
 * compared, so that a call without arguments matches every action of its name. The caller does not matter.
 */
export function matchesAction(action: ExpectedAction, call: Pick<ToolCall, "name" | "arguments">): boolean {
  if (action.name !== call.name) return false;
  const compared = action.compare_args ?? Object.keys(call.arguments);
  return compared.every((key) => {
    const [expected, actual] = [Object.hasOwn(action.arguments, key), Object.hasOwn(call.arguments, key)];
    return expected === actual && (!expected || jsonEquals(action.arguments[key], call.arguments[key]));
  });
}

/** The user's tool wins if both sides have one of that name. */
function getToolType(domain: Domain, name: string) {
  const userTool = domain.user?.tools.find((tool) => tool.name === name);
  return (userTool ?? findToolOnEitherSide(domain, name))?.kind ?? null;
}
