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
import { databasesEqual } from "../core/schema/hash-database.ts";
import { statesEqual } from "../core/state/equality.ts";
import { diffStates } from "../core/state/diff-states.ts";
import type { Task } from "../core/task/task.ts";
import { check, type ContractCase } from "./contract-case.ts";

/** Creates the rules for a task: its solution works, is needed and replays, and forks are independent. */
export function createTaskCases(config: EnvironmentConfig, task: Task): ContractCase[] {
  const name = (rule: string) => `${config.domain.name} task ${task.id}: ${rule}`;
  return [
    { name: name("the solution succeeds and the assertions hold"), run: () => void solve(config, task) },
    { name: name("the solution reaches the expected databases"), run: () => checkExpectedState(config, task) },
    { name: name("tools that only read do not change the state"), run: () => checkReads(config, task) },
    { name: name("an agent that does nothing does not get the full reward"), run: () => checkSolutionNeeded(config, task) },
    { name: name("a recording of its solution replays to the same state"), run: () => checkReplay(config, task) },
    { name: name("forks are independent"), run: () => checkForks(config, task) },
    { name: name("the user tools of the task exist"), run: () => checkUserTools(config, task) },
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

function createStart(config: EnvironmentConfig, task: Task): EnvironmentState {
  return createInitialState(config, task.initial_state ?? {});
}

function solve(config: EnvironmentConfig, task: Task): EnvironmentState {
  let state = createStart(config, task);
  for (const call of getToolCalls(task)) {
    const { state: next, message } = executeToolCall(config, state, call);
    check(!message.error, `${call.name} (${call.id}) failed: ${message.content}`);
    state = next;
  }
  for (const assertion of task.evaluation_criteria?.env_assertions ?? []) {
    check(checkAssertion(config, state, assertion).met, `${assertion.func_name} does not hold at the end`);
  }
  return state;
}

/** Checks the solution against the expected state, which the grader builds without the sync between calls (docs/spec/core.md#7-3). */
function checkExpectedState(config: EnvironmentConfig, task: Task): void {
  if (!task.evaluation_criteria?.reward_basis.includes("DB")) return;
  const { domain } = config;
  const elsewhere = { ...config, newId: (n: number) => `e${n.toString(16).padStart(7, "0")}` };
  let expected = createStart(elsewhere, task);
  for (const call of getToolCalls(task)) ({ state: expected } = executeToolCallWithoutSync(elsewhere, expected, call));
  const reached = solve(config, task);
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

function checkReads(config: EnvironmentConfig, task: Task): void {
  let state = createStart(config, task);
  for (const call of getToolCalls(task)) {
    const { state: next } = executeToolCall(config, state, call);
    const writes = findToolOnEitherSide(config.domain, call.name)?.kind === "write";
    check(
      writes || (statesEqual(next.agent, state.agent) && statesEqual(next.user, state.user)),
      `${call.name} is not a write tool, but changed the state`,
    );
    state = next;
  }
}

function checkSolutionNeeded(config: EnvironmentConfig, task: Task): void {
  const criteria = task.evaluation_criteria;
  if (!criteria) return;
  const basis = new Set(criteria.reward_basis);
  const [before, after] = [createStart(config, task), solve(config, task)];
  const changes = basis.has("DB") && !(statesEqual(before.agent, after.agent) && statesEqual(before.user, after.user));
  const unmet =
    basis.has("ENV_ASSERTION") && (criteria.env_assertions ?? []).some((assertion) => !checkAssertion(config, before, assertion).met);
  const acts = basis.has("ACTION") && (criteria.actions ?? []).length > 0;
  const says = basis.has("COMMUNICATE") && (criteria.communicate_info ?? []).length > 0;
  const judged = basis.has("NL_ASSERTION") && (criteria.nl_assertions ?? []).length > 0;
  check(changes || unmet || acts || says || judged, "an agent that does nothing gets the full reward");
}

function checkReplay(config: EnvironmentConfig, task: Task): void {
  let state = createStart(config, task);
  const history: Message[] = [...(task.initial_state?.message_history ?? [])];
  for (const call of getToolCalls(task)) {
    const { state: next, message } = executeToolCall(config, state, call);
    const role = call.requestor === "user" ? "user" : "assistant";
    history.push({ role, content: null, tool_calls: [call] }, message);
    state = next;
  }
  const replayed = createInitialState(config, { ...task.initial_state, message_history: history });
  check(statesEqual(replayed.agent, state.agent) && statesEqual(replayed.user, state.user), "the replay ends in a different state");
}

function checkForks(config: EnvironmentConfig, task: Task): void {
  const kept = createStart(config, task);
  const first = solve(config, task);
  const fresh = createStart(config, task);
  check(statesEqual(kept.agent, fresh.agent) && statesEqual(kept.user, fresh.user), "a state changed while a fork of it was in use");
  const second = solve(config, task);
  check(
    statesEqual(first.agent, second.agent) && statesEqual(first.user, second.user),
    "the same calls from the same state end in different states",
  );
}

function checkUserTools(config: EnvironmentConfig, task: Task): void {
  const names = new Set(config.domain.user?.tools.map((tool) => tool.name));
  const unknown = (task.user_tools ?? []).filter((tool) => !names.has(tool));
  check(unknown.length === 0, `unknown user tools: ${unknown.join(", ")}`);
}
