import {
  type DomainData,
  type EnvironmentConfig,
  type EnvironmentState,
  createInitialState,
  executeToolCallWithoutSync,
  databasesEqual,
  type Task,
} from "@tau2/domains";

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
 * The state that the task's solution leads to (spec core 7.3): from the task's own initial state, each action without the sync of the
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
