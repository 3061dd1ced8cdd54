import {
  checkAssertion,
  executeToolCall,
  callEnvFunction,
  type EnvironmentConfig,
  type EnvironmentState,
} from "../../core/environment/execute-tool-call.ts";
import { getErrorMessage } from "../../core/errors.ts";
import { createInitialState } from "../../core/environment/create-initial-state.ts";
import { assertion, composeTask, introduction, type Composition } from "./compose-task.ts";
import type { Goal } from "./intents.ts";
import type { Step } from "./issues.ts";

/**
 * Checks that a composition makes a sound task (docs/spec/telecom-tasks.md#t2): nothing is wrong before, each issue shows once it is there, the complaint is
 * not settled before the last repair and is settled by it; and what cannot be repaired stays broken.
 * @returns the faults, one sentence each; empty for a sound task
 */
export function checkComposition(setup: EnvironmentConfig, composition: Composition): string[] {
  const { intent, issues } = composition;
  const problems: string[] = [];
  const task = composeTask(composition);
  const settled = (state: EnvironmentState) => intent.goals.repaired.every((goal) => holds(setup, state, goal));
  const before = breakBy(setup, [introduction]);
  if (!settled(before)) problems.push(`${intent.name} is not settled on a phone that nothing is wrong with`);
  for (const { name, breaks, shows } of issues) {
    const state = attempt(() => breakBy(setup, [introduction, ...breaks]));
    if (typeof state === "string") problems.push(`${name} cannot be set up: ${state}`);
    else for (const sign of shows) if (!holds(setup, state, sign)) problems.push(`${name} does not show: ${sign.name} does not hold`);
  }
  const start = attempt(() => createInitialState(setup, task.initial_state ?? {}));
  if (typeof start === "string") return [...problems, `the issues cannot be set up together: ${start}`];
  if (settled(start)) problems.push("the complaint is settled before anything is repaired");
  const repairable = issues.every(({ repairs }) => repairs !== null);
  let state = start;
  for (const [i, { action_id, requestor, name, arguments: args }] of (task.evaluation_criteria?.actions ?? []).entries()) {
    if (i > 0 && settled(state)) problems.push(`the complaint is settled before ${action_id}`);
    const { state: next, message } = executeToolCall(setup, state, { id: action_id, name, arguments: args, requestor });
    if (message.error) problems.push(`${action_id} is refused: ${message.content}`);
    state = next;
  }
  if (repairable && !settled(state)) problems.push("the complaint is not settled after all repairs");
  if (!repairable && settled(state)) problems.push("the complaint is settled although an issue cannot be repaired");
  return problems;
}

function breakBy(setup: EnvironmentConfig, steps: readonly Step[]): EnvironmentState {
  return steps.reduce(
    (state, { side, name, arguments: args }) => callEnvFunction(setup, state, { env_type: side, func_name: name, arguments: args }).state,
    createInitialState(setup, {}),
  );
}

function holds(setup: EnvironmentConfig, state: EnvironmentState, goal: Goal): boolean {
  try {
    return checkAssertion(setup, state, assertion(goal)).met;
  } catch {
    return false;
  }
}

function attempt<T>(run: () => T): T | string {
  try {
    return run();
  } catch (thrown) {
    return getErrorMessage(thrown);
  }
}
