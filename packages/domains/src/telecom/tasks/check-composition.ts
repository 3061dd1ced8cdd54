import {
  checkAssertion,
  executeToolCall,
  callEnvFunction,
  type EnvironmentConfig,
  type EnvironmentState,
} from "../../core/environment/execute-tool-call.ts";
import { getErrorMessage } from "../../core/errors.ts";
import { createInitialState } from "../../core/environment/create-initial-state.ts";
import { toAssertion, composeTask, introduction, type Composition } from "./compose-task.ts";
import type { Goal } from "./intents.ts";
import type { Step } from "./issues.ts";

/**
 * Checks that a composition makes a sound task (docs/spec/telecom-tasks.md#t2).
 * The goals must hold on a working phone, must fail while an issue remains, and must hold after the last repair.
 * Each issue must be visible. With an issue that cannot be repaired, the goals must still fail at the end.
 * @returns The problems, one sentence each. Empty for a sound task.
 */
export function checkComposition(config: EnvironmentConfig, composition: Composition): string[] {
  const { intent, issues } = composition;
  const problems: string[] = [];
  const task = composeTask(composition);
  const goalsHold = (state: EnvironmentState) => intent.goals.repaired.every((goal) => isMet(config, state, goal));
  if (!goalsHold(applySteps(config, [introduction]))) problems.push(`the goals of ${intent.name} fail on a working phone`);
  for (const { name, breaks, shows } of issues) {
    const state = tryOrMessage(() => applySteps(config, [introduction, ...breaks]));
    if (typeof state === "string") problems.push(`${name}: a call of "breaks" fails: ${state}`);
    else for (const sign of shows) if (!isMet(config, state, sign)) problems.push(`${name}: ${sign.name} is false after "breaks"`);
  }
  const start = tryOrMessage(() => createInitialState(config, task.initial_state ?? {}));
  if (typeof start === "string") return [...problems, `the issues cannot be combined: ${start}`];
  if (goalsHold(start)) problems.push("the goals hold before the first repair");
  const repairable = issues.every(({ repairs }) => repairs !== null);
  let state = start;
  for (const [i, { action_id, requestor, name, arguments: args }] of (task.evaluation_criteria?.actions ?? []).entries()) {
    if (i > 0 && goalsHold(state)) problems.push(`the goals hold before ${action_id}`);
    const { state: next, message } = executeToolCall(config, state, { id: action_id, name, arguments: args, requestor });
    if (message.error) problems.push(`${action_id} fails: ${message.content}`);
    state = next;
  }
  if (repairable && !goalsHold(state)) problems.push("the goals fail after all repairs");
  if (!repairable && goalsHold(state)) problems.push("the goals hold although an issue cannot be repaired");
  return problems;
}

function applySteps(config: EnvironmentConfig, steps: readonly Step[]): EnvironmentState {
  return steps.reduce(
    (state, { side, name, arguments: args }) => callEnvFunction(config, state, { env_type: side, func_name: name, arguments: args }).state,
    createInitialState(config, {}),
  );
}

function isMet(config: EnvironmentConfig, state: EnvironmentState, goal: Goal): boolean {
  try {
    return checkAssertion(config, state, toAssertion(goal)).met;
  } catch {
    return false;
  }
}

function tryOrMessage<T>(run: () => T): T | string {
  try {
    return run();
  } catch (thrown) {
    return getErrorMessage(thrown);
  }
}
