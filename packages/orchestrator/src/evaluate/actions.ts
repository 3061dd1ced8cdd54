import {
  type ExpectedAction,
  type Domain,
  hasToolCalls,
  type Message,
  jsonEquals,
  type Task,
  type ToolCall,
  findToolOnEitherSide,
} from "@tau2/domains";
import type { Part } from "./evaluation.ts";

/** Whether each action of the solution was done by somebody, in any order and any number of times (docs/spec/core.md#7-4). */
export function evaluateActions(domain: Domain, task: Task, messages: readonly Message[]): Part {
  const expected = task.evaluation_criteria?.actions ?? [];
  const nothing: Part = { reward: 1, breakdown: { ACTION: 1 }, note: "No actions to evaluate", checks: { action_checks: null } };
  if (expected.length === 0) return nothing;
  const calls = messages.flatMap((message) => (hasToolCalls(message) ? message.tool_calls : []));
  const checks = expected.map((action) => {
    const action_match = calls.some((call) => matches(action, call));
    return { action, action_match, action_reward: action_match ? 1 : 0, tool_type: toolType(domain, action.name) };
  });
  const reward = checks.every(({ action_match }) => action_match) ? 1 : 0;
  return { reward, breakdown: { ACTION: reward }, note: null, checks: { action_checks: checks } };
}

/**
 * Whether a call is the action: the same name, and the same arguments as far as they are compared. Where the action does not say which,
 * those of the call are, so a call without arguments is every action of its name. Who made the call does not matter.
 */
export function matches(action: ExpectedAction, call: Pick<ToolCall, "name" | "arguments">): boolean {
  if (action.name !== call.name) return false;
  const compared = action.compare_args ?? Object.keys(call.arguments);
  return compared.every((key) => {
    const [expected, actual] = [Object.hasOwn(action.arguments, key), Object.hasOwn(call.arguments, key)];
    return expected === actual && (!expected || jsonEquals(action.arguments[key], call.arguments[key]));
  });
}

// A name on both sides is the user's.
function toolType(domain: Domain, name: string) {
  const own = domain.user?.tools.find((tool) => tool.name === name);
  return (own ?? findToolOnEitherSide(domain, name))?.kind ?? null;
}
