import {
  checkAssertion,
  databasesEqual,
  executeToolCallWithoutSync,
  getErrorMessage,
  isToolError,
  type EnvironmentAssertion,
} from "@tau2/domains/internal";
import {
  createInitialState,
  diffStates,
  type DomainData,
  type EnvironmentConfig,
  type EnvironmentState,
  type Message,
  type Task,
} from "@tau2/domains";
import {
  createListResult,
  createUncheckedResult,
  NOTHING_TO_CHECK,
  type ComponentResult,
  type ComponentResults,
} from "./component-result.ts";

/** Results of the two components that need the environment. */
export type EnvironmentResults = Pick<ComponentResults, "DB" | "ENV_ASSERTION">;

/**
 * Compares the final databases with those of the solution, and checks the task's assertions about them (docs/spec/core.md#7-3).
 * @throws Tau2Error `replay_mismatch` or `protocol` if the trajectory cannot be replayed
 */
export function evaluateEnvironment(
  config: EnvironmentConfig,
  task: Task,
  messages: readonly Message[],
  strict: boolean,
): EnvironmentResults {
  const { actions = null, env_assertions = null } = task.evaluation_criteria ?? {};
  if (!actions && !env_assertions) {
    const db_check = { db_match: true, db_reward: 1 };
    return {
      DB: createUncheckedResult("vacuous", "the task names no end to compare with", {
        checks: { db_check },
        info: "No expected actions or env assertions",
      }),
      ENV_ASSERTION: createUncheckedResult("vacuous", NOTHING_TO_CHECK),
    };
  }
  const actual = createInitialState(config, { ...task.initial_state, message_history: [...messages] }, { strict });
  const assertions = checkAssertions(config, actual, env_assertions ?? []);
  const items = assertions.map(({ check: { met, env_assertion }, refusal }) => ({
    met,
    text: [env_assertion.message ?? env_assertion.func_name, refusal].filter(Boolean).join(": "),
  }));
  return {
    DB: compareDatabases(config, actual, computeExpectedState(config, task)),
    ENV_ASSERTION: createListResult(items, { env_assertions: assertions.map(({ check }) => check) }),
  };
}

/** Creates the results for a trajectory that could not be replayed. */
export function createFailedEnvironment(problem: string): EnvironmentResults {
  const failed = createUncheckedResult("failed", problem);
  return { DB: failed, ENV_ASSERTION: failed };
}

/** Number of database paths in a report. */
const MAX_PATHS = 20;

function compareDatabases(config: EnvironmentConfig, actual: EnvironmentState, expected: ExpectedState): ComponentResult {
  const db_match = environmentStatesEqual(config, actual, expected.state);
  const reward = db_match ? 1 : 0;
  return {
    status: db_match ? "met" : "unmet",
    reward,
    checked: 1,
    met: reward,
    missed: db_match ? [] : listDifferences(config, expected.state, actual),
    note: expected.changes ? null : "the solution changes nothing: any change is a fault",
    checks: { db_check: { db_match, db_reward: reward } },
    info: null,
  };
}

function listDifferences({ domain }: EnvironmentConfig, expected: EnvironmentState, actual: EnvironmentState): string[] {
  const sides = domain.user ? (["agent", "user"] as const) : (["agent"] as const);
  const paths = sides.flatMap((side) => diffStates(expected[side], actual[side]).map(({ path }) => [side, ...path].join("/")));
  return paths.length > MAX_PATHS ? [...paths.slice(0, MAX_PATHS), `and ${paths.length - MAX_PATHS} more`] : paths;
}

/**
 * Checks assertions in order. A function that refuses, since the record that it looks for was never made, says that its assertion
 * is not met.
 */
function checkAssertions(config: EnvironmentConfig, end: EnvironmentState, assertions: readonly EnvironmentAssertion[]) {
  let state = end;
  return assertions.map((assertion) => {
    let [met, refusal]: [boolean, string | null] = [false, null];
    try {
      ({ state, met } = checkAssertion(config, state, assertion));
    } catch (thrown) {
      if (!isToolError(thrown)) throw thrown;
      refusal = getErrorMessage(thrown);
    }
    return { check: { env_assertion: assertion, met, reward: met ? 1 : 0 }, refusal };
  });
}

/** Databases after a task's solution. */
export interface ExpectedState {
  readonly state: EnvironmentState;
  /** False if the solution changes neither database. */
  readonly changes: boolean;
}

/** Enough for the tasks of any known domain's split. A training set may have many thousands, whose states must not all stay in memory. */
const CACHE_SIZE = 512;

type ExpectedStates = Map<Task, { config: EnvironmentConfig; expected: ExpectedState }>;

const cache = new WeakMap<DomainData, ExpectedStates>();

/**
 * Computes the databases after the task's solution (docs/spec/core.md#7-3): from the task's initial state, with each action but without the
 * sync between the sides. Refused actions are skipped. The result depends on task and data alone, and is cached.
 * @throws Tau2Error if the task's initial state cannot be created
 */
export function computeExpectedState(config: EnvironmentConfig, task: Task): ExpectedState {
  const known: ExpectedStates = cache.get(config.data) ?? new Map();
  cache.set(config.data, known);
  const found = known.get(task);
  if (found?.config.domain === config.domain) return found.expected;
  const expected = runSolution(config, task);
  known.set(task, { config, expected });
  if (known.size > CACHE_SIZE) known.delete(known.keys().next().value!);
  return expected;
}

function runSolution(config: EnvironmentConfig, task: Task): ExpectedState {
  // Ids count down from the top, so that a bill of the solution never equals one of the conversation, as with random ids.
  const solution: EnvironmentConfig = { ...config, solo: false, newId: (n) => (2 ** 32 - n).toString(16) };
  const start = createInitialState(solution, task.initial_state ?? {});
  let state = start;
  for (const action of task.evaluation_criteria?.actions ?? []) ({ state } = executeToolCallWithoutSync(solution, state, action));
  return { state, changes: !environmentStatesEqual(config, start, state) };
}

/** Returns whether the hashes of both databases are equal in two states. */
export function environmentStatesEqual({ domain }: EnvironmentConfig, a: EnvironmentState, b: EnvironmentState): boolean {
  return databasesEqual(domain.agent.database, a.agent, b.agent) && (!domain.user || databasesEqual(domain.user.database, a.user, b.user));
}
