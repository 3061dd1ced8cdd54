import {
  type DomainData,
  type EnvironmentConfig,
  type EnvironmentState,
  createInitialState,
  executeToolCallWithoutSync,
  databasesEqual,
  type Task,
  checkAssertion,
  type EnvironmentAssertion,
  type Message,
} from "@tau2/domains";
import type { Part } from "./evaluation.ts";

/** Where a task's solution leads. */
export interface ExpectedState {
  readonly state: EnvironmentState;
  /** False when the solution leaves both databases as they were. */
  readonly changes: boolean;
}

/** Enough for the tasks of any known domain's split; a training set may have many thousands, whose ends must not all stay in memory. */
const KEPT = 512;

type KnownEnds = Map<Task, { setup: EnvironmentConfig; end: ExpectedState }>;

const ends = new WeakMap<DomainData, KnownEnds>();

/**
 * The state that the task's solution leads to (docs/spec/core.md#7-3): from the task's own initial state, each action without the sync of the
 * sides, refused ones passed over. It depends on task and data alone, so it is made once.
 * @throws Tau2Error when the task's own initial state cannot be made.
 */
export function computeExpectedState(setup: EnvironmentConfig, task: Task): ExpectedState {
  const known: KnownEnds = ends.get(setup.data) ?? new Map();
  ends.set(setup.data, known);
  const found = known.get(task);
  if (found?.setup.domain === setup.domain) return found.end;
  const end = play(setup, task);
  known.set(task, { setup, end });
  if (known.size > KEPT) known.delete(known.keys().next().value!);
  return end;
}

function play(setup: EnvironmentConfig, task: Task): ExpectedState {
  // Ids count down from the top: a bill that both sides draw up gets different ones, as it does where ids are random.
  const gold: EnvironmentConfig = { ...setup, solo: false, newId: (n) => (2 ** 32 - n).toString(16) };
  const start = createInitialState(gold, task.initial_state ?? {});
  let state = start;
  for (const action of task.evaluation_criteria?.actions ?? []) ({ state } = executeToolCallWithoutSync(gold, state, action));
  return { state, changes: !sameState(setup, start, state) };
}

/** Whether both databases hash alike in two states. */
export function sameState({ domain }: EnvironmentConfig, a: EnvironmentState, b: EnvironmentState): boolean {
  return databasesEqual(domain.agent.database, a.agent, b.agent) && (!domain.user || databasesEqual(domain.user.database, a.user, b.user));
}

/** The environment's part, with the two ends that it compared; null where there was nothing to compare. */
export interface EnvironmentPart extends Part {
  ends: { predicted: EnvironmentState; gold: ExpectedState } | null;
}

/**
 * Where the conversation led, against where the solution leads; and the task's assertions about the end (docs/spec/core.md#7-3).
 * @throws Tau2Error `replay_mismatch` or `protocol` when the trajectory cannot be replayed.
 */
export function evaluateEnvironment(setup: EnvironmentConfig, task: Task, messages: readonly Message[], strict: boolean): EnvironmentPart {
  const { actions, env_assertions, reward_basis } = task.evaluation_criteria!;
  if (!actions && !env_assertions) {
    const checks = { db_check: { db_match: true, db_reward: 1 }, env_assertions: null };
    return { reward: 1, breakdown: null, note: "No expected actions or env assertions", checks, ends: null };
  }
  const predicted = createInitialState(setup, { ...task.initial_state, message_history: [...messages] }, { strict });
  const gold = computeExpectedState(setup, task);
  const match = sameState(setup, predicted, gold.state);
  const db_check = { db_match: match, db_reward: match ? 1 : 0 };
  const assertions = checkAll(setup, predicted, env_assertions ?? []);
  const breakdown: NonNullable<Part["breakdown"]> = {};
  if (reward_basis.includes("DB")) breakdown.DB = db_check.db_reward;
  if (reward_basis.includes("ENV_ASSERTION")) breakdown.ENV_ASSERTION = assertions.every(({ met }) => met) ? 1 : 0;
  const reward = (breakdown.DB ?? 1) * (breakdown.ENV_ASSERTION ?? 1);
  return { reward, breakdown, note: null, checks: { db_check, env_assertions: assertions }, ends: { predicted, gold } };
}

function checkAll(setup: EnvironmentConfig, end: EnvironmentState, assertions: readonly EnvironmentAssertion[]) {
  let state = end;
  return assertions.map((assertion) => {
    const outcome = checkAssertion(setup, state, assertion);
    state = outcome.state;
    return { env_assertion: assertion, met: outcome.met, reward: outcome.met ? 1 : 0 };
  });
}
