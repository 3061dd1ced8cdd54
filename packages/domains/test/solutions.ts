import { diffStates } from "../src/core/state/diff-states.ts";
import {
  createEnvironmentConfig,
  executeToolCall,
  findToolOnEitherSide,
  type EnvironmentConfig,
  type EnvironmentState,
} from "../src/core/environment/execute-tool-call.ts";
import { createInitialState } from "../src/core/environment/create-initial-state.ts";
import type { ExpectedAction, Task } from "../src/core/task/task.ts";
import type { Domain } from "../src/core/domain/domain.ts";
import { loadData } from "../src/data/index.ts";

export function createStarterConfig(domain: Domain, solo = false): EnvironmentConfig {
  return createEnvironmentConfig(domain, loadData(domain, { dataDir: null }), { solo });
}

/** Runs actions on a task of the starter data. Returns the answers and the final state. */
export function playActions(
  setup: EnvironmentConfig,
  task: Task,
  actions: readonly ExpectedAction[],
): { answers: { content: string | null; error: boolean }[]; state: EnvironmentState } {
  let state = createInitialState(setup, task.initial_state ?? {});
  const answers = actions.map((action) => {
    // In solo mode the agent also does the actions of the user.
    const requestor = setup.solo ? "assistant" : action.requestor;
    const outcome = executeToolCall(setup, state, { id: action.action_id, name: action.name, arguments: action.arguments, requestor });
    state = outcome.state;
    return outcome.message;
  });
  return { answers, state };
}

export function getSolution(task: Task): readonly ExpectedAction[] {
  return task.evaluation_criteria?.actions ?? [];
}

/** Returns the actions of a solution that change a database. */
export function getSolutionWrites(setup: EnvironmentConfig, task: Task): readonly ExpectedAction[] {
  return getSolution(task).filter(({ name }) => findToolOnEitherSide(setup.domain, name)?.mutatesState);
}

export function databasesMatch(a: EnvironmentState, b: EnvironmentState): boolean {
  return diffStates(a.agent, b.agent).length === 0 && diffStates(a.user, b.user).length === 0;
}
