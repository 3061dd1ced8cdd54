import {
  checkAssertion,
  executeToolCallWithoutSync,
  callEnvFunction,
  type EnvironmentAssertion,
  type EnvironmentCall,
  type InitialState,
} from "@tau2/domains/internal";
import { Environment, createInitialState, type EnvironmentConfig, type Task } from "@tau2/domains";
import { differences } from "../compare.ts";
import { stateDifferences, type FinalState } from "../final-state.ts";
import { lineKind, type Line } from "../kind.ts";
import { judged, type Difference } from "../outcome.ts";
import { MERGED_SIDES, sideOf, unknownSides, type Side } from "../sides.ts";
import { stepDifferences, type Step } from "../step.ts";

interface GoldLine extends Line {
  task_id: string;
  splits: string[];
  init: (EnvironmentCall & { result: string })[];
  steps: (Step & { action_id: string })[];
  env_assertions: (EnvironmentAssertion & { met: boolean })[];
  final: FinalState;
  final_evaluator: FinalState | null;
}

/** Each official task's solution: its functions, calls, assertions and final states. */
export const gold = lineKind<GoldLine>(
  "gold",
  (line, subject) => {
    const task = subject.task(line.task_id);
    const setup = subject.setup();
    const initial = task.initial_state ?? {};
    const without = unknownSides(setup, initial);
    const found = [
      ...differences(line.splits.toSorted(), splitsOf(task, subject.data.splits() ?? {}), { path: "splits" }),
      ...functionDifferences(line, setup, initial),
      ...solutionDifferences(line, setup, task, without),
      ...stateDifferences(line.final_evaluator ?? line.final, setup, playedUnsynced(setup, task), { path: "final_evaluator.", without }),
    ];
    return judged(found, without.size > 0 ? MERGED_SIDES : null);
  },
  ({ domain, task_id }) => `${domain} ${task_id}`,
);

function splitsOf(task: Task, splits: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.keys(splits)
    .filter((name) => splits[name]!.includes(task.id))
    .toSorted();
}

function functionDifferences(line: GoldLine, setup: EnvironmentConfig, initial: Partial<InitialState>): Difference[] {
  let state = createInitialState(setup, { initialization_data: initial.initialization_data ?? null });
  const results: GoldLine["init"] = [];
  for (const call of initial.initialization_actions ?? []) {
    const { state: next, text } = callEnvFunction(setup, state, call);
    state = next;
    results.push({ ...call, result: text });
  }
  return differences(line.init, results, { path: "init" });
}

function solutionDifferences(line: GoldLine, setup: EnvironmentConfig, task: Task, without: ReadonlySet<Side>): Difference[] {
  const environment = new Environment(setup);
  environment.reset(task.initial_state ?? {});
  const actions = task.evaluation_criteria?.actions ?? [];
  const found = differences(line.steps.length, actions.length, { path: "steps.length" });
  line.steps.forEach((step, i) => {
    const action = actions[i];
    if (!action || without.has(sideOf(setup, step) as Side)) return;
    const { action_id, name, requestor, arguments: args } = action;
    found.push(...differences(idOf(step), { action_id, name, requestor, arguments: args }, { path: `steps[${i}]` }));
    found.push(...stepDifferences(step, environment.execute({ id: action_id, name, requestor, arguments: args }), `steps[${i}]`));
  });
  found.push(...stateDifferences(line.final, setup, environment.snapshot(), { without }));
  for (const [i, { met, ...assertion }] of line.env_assertions.entries()) {
    if (without.has(assertion.env_type === "user" ? "user" : "agent")) continue;
    const actual = checkAssertion(setup, environment.snapshot(), assertion).met;
    found.push(...differences(met, actual, { path: `env_assertions[${i}] ${assertion.func_name}: met` }));
  }
  return found;
}

function idOf({ action_id, name, requestor, arguments: args }: GoldLine["steps"][number]): object {
  return { action_id, name, requestor, arguments: args };
}

/** As the evaluator makes the state to compare with: the sides are not synced between the steps. */
function playedUnsynced(setup: EnvironmentConfig, task: Task) {
  let state = createInitialState(setup, task.initial_state ?? {});
  for (const action of task.evaluation_criteria?.actions ?? []) ({ state } = executeToolCallWithoutSync(setup, state, action));
  return state;
}
