import {
  checkAssertion,
  executeToolCall,
  executeToolCallWithoutSync,
  findToolOnEitherSide,
  type EnvironmentConfig,
  type EnvironmentState,
} from "../core/environment/execute-tool-call.ts";
import { createInitialState } from "../core/environment/create-initial-state.ts";
import type { Message, ToolCall } from "../core/task/message.ts";
import { databasesEqual, statesEqual } from "../core/state/equality.ts";
import { diffStates } from "../core/state/state.ts";
import type { Task } from "../core/task/task.ts";
import { check, type ContractCase } from "./contract-case.ts";

/** Creates the rules for a task: its solution works, is needed and replays, and forks are independent. */
export function createTaskCases(setup: EnvironmentConfig, task: Task): ContractCase[] {
  const name = (rule: string) => `${setup.domain.name} task ${task.id}: ${rule}`;
  return [
    { name: name("the solution succeeds and the assertions hold"), run: () => void solve(setup, task) },
    { name: name("the solution reaches the expected databases"), run: () => checkExpectedState(setup, task) },
    { name: name("tools that only read do not change the state"), run: () => checkReads(setup, task) },
    { name: name("an agent that does nothing does not get the full reward"), run: () => checkSolutionNeeded(setup, task) },
    { name: name("a recording of its solution replays to the same state"), run: () => checkReplay(setup, task) },
    { name: name("forks are independent"), run: () => checkForks(setup, task) },
    { name: name("the user tools of the task exist"), run: () => checkUserTools(setup, task) },
  ];
}

function getToolCalls(task: Task): ToolCall[] {
  return (task.evaluation_criteria?.actions ?? []).map(({ action_id, name, arguments: args, requestor }) => ({
    id: action_id,
    name,
    arguments: args,
    requestor,
  }));
}

function createStart(setup: EnvironmentConfig, task: Task): EnvironmentState {
  return createInitialState(setup, task.initial_state ?? {});
}

function solve(setup: EnvironmentConfig, task: Task): EnvironmentState {
  let state = createStart(setup, task);
  for (const call of getToolCalls(task)) {
    const { state: next, message } = executeToolCall(setup, state, call);
    check(!message.error, `${call.name} (${call.id}) failed: ${message.content}`);
    state = next;
  }
  for (const assertion of task.evaluation_criteria?.env_assertions ?? []) {
    check(checkAssertion(setup, state, assertion).met, `${assertion.func_name} does not hold at the end`);
  }
  return state;
}

/** Checks the solution against the expected state, which the grader builds without the sync between calls (docs/spec/core.md#7-3). */
function checkExpectedState(setup: EnvironmentConfig, task: Task): void {
  if (!task.evaluation_criteria?.reward_basis.includes("DB")) return;
  const { domain } = setup;
  const elsewhere = { ...setup, newId: (n: number) => `e${n.toString(16).padStart(7, "0")}` };
  let expected = createStart(elsewhere, task);
  for (const call of getToolCalls(task)) ({ state: expected } = executeToolCallWithoutSync(elsewhere, expected, call));
  const reached = solve(setup, task);
  const sides = [
    ["agent", domain.agent],
    ["user", domain.user],
  ] as const;
  const places = sides.flatMap(([side, toolkit]) => {
    if (!toolkit || databasesEqual(toolkit.database, expected[side], reached[side])) return [];
    return diffStates(expected[side], reached[side]).map(({ path }) => [side, ...path].join("/"));
  });
  check(
    places.length === 0,
    `${places.join(", ")} would be graded as wrong: the expected databases are built without the sync, and with other generated ids. ` +
      "Remove DB from reward_basis, and check the result with env_assertions",
  );
}

function checkReads(setup: EnvironmentConfig, task: Task): void {
  let state = createStart(setup, task);
  for (const call of getToolCalls(task)) {
    const { state: next } = executeToolCall(setup, state, call);
    const writes = findToolOnEitherSide(setup.domain, call.name)?.kind === "write";
    check(
      writes || (statesEqual(next.agent, state.agent) && statesEqual(next.user, state.user)),
      `${call.name} is not a write tool, but changed the state`,
    );
    state = next;
  }
}

function checkSolutionNeeded(setup: EnvironmentConfig, task: Task): void {
  const criteria = task.evaluation_criteria;
  if (!criteria) return;
  const basis = new Set(criteria.reward_basis);
  const [before, after] = [createStart(setup, task), solve(setup, task)];
  const changes = basis.has("DB") && !(statesEqual(before.agent, after.agent) && statesEqual(before.user, after.user));
  const unmet =
    basis.has("ENV_ASSERTION") && (criteria.env_assertions ?? []).some((assertion) => !checkAssertion(setup, before, assertion).met);
  const acts = basis.has("ACTION") && (criteria.actions ?? []).length > 0;
  const says = basis.has("COMMUNICATE") && (criteria.communicate_info ?? []).length > 0;
  const judged = basis.has("NL_ASSERTION") && (criteria.nl_assertions ?? []).length > 0;
  check(changes || unmet || acts || says || judged, "an agent that does nothing gets the full reward");
}

function checkReplay(setup: EnvironmentConfig, task: Task): void {
  let state = createStart(setup, task);
  const history: Message[] = [...(task.initial_state?.message_history ?? [])];
  for (const call of getToolCalls(task)) {
    const { state: next, message } = executeToolCall(setup, state, call);
    const role = call.requestor === "user" ? "user" : "assistant";
    history.push({ role, content: null, tool_calls: [call] }, message);
    state = next;
  }
  const replayed = createInitialState(setup, { ...task.initial_state, message_history: history });
  check(statesEqual(replayed.agent, state.agent) && statesEqual(replayed.user, state.user), "the replay ends in a different state");
}

function checkForks(setup: EnvironmentConfig, task: Task): void {
  const kept = createStart(setup, task);
  const first = solve(setup, task);
  const fresh = createStart(setup, task);
  check(statesEqual(kept.agent, fresh.agent) && statesEqual(kept.user, fresh.user), "a state changed while a fork of it was in use");
  const second = solve(setup, task);
  check(
    statesEqual(first.agent, second.agent) && statesEqual(first.user, second.user),
    "the same calls from the same state end in different states",
  );
}

function checkUserTools(setup: EnvironmentConfig, task: Task): void {
  const names = new Set(setup.domain.user?.tools.map((tool) => tool.name));
  const unknown = (task.user_tools ?? []).filter((tool) => !names.has(tool));
  check(unknown.length === 0, `unknown user tools: ${unknown.join(", ")}`);
}
