import { diffValues, environmentSetup, initialize, respond, toolOnEitherSide } from "../src/core/index.ts";
import type { Action, Domain, EnvironmentSetup, EnvironmentState, Task } from "../src/core/index.ts";
import { loadData } from "../src/data/index.ts";

/** Plays tasks' solutions on the starter data. */

export function starterSetup(domain: Domain, solo = false): EnvironmentSetup {
  return environmentSetup(domain, loadData(domain, { dataDir: null }), { solo });
}

/** A solution's steps with their answers, and where they end. */
export function play(
  setup: EnvironmentSetup,
  task: Task,
  actions: readonly Action[],
): { answers: { content: string | null; error: boolean }[]; state: EnvironmentState } {
  let state = initialize(setup, task.initial_state ?? {});
  const answers = actions.map((action) => {
    // With no user in solo mode the agent does the user's part as well.
    const requestor = setup.solo ? "assistant" : action.requestor;
    const outcome = respond(setup, state, { id: action.action_id, name: action.name, arguments: action.arguments, requestor });
    state = outcome.state;
    return outcome.message;
  });
  return { answers, state };
}

export function solutionOf(task: Task): readonly Action[] {
  return task.evaluation_criteria?.actions ?? [];
}

/** The steps of a solution that change a database. */
export function writesOf(setup: EnvironmentSetup, task: Task): readonly Action[] {
  return solutionOf(task).filter(({ name }) => toolOnEitherSide(setup.domain, name)?.mutatesState);
}

export function sameState(a: EnvironmentState, b: EnvironmentState): boolean {
  return diffValues(a.agent, b.agent).length === 0 && diffValues(a.user, b.user).length === 0;
}
