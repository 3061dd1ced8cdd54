import { executeToolCall, callEnvFunction, findToolOnEitherSide, createBaseState, syncState } from "./calls.ts";
import type { EnvironmentConfig, EnvironmentState } from "./setup.ts";
import { Tau2Error } from "./errors.ts";
import { mergeData } from "./merge.ts";
import type { Message, ToolCall, ToolMessage } from "./message.ts";
import { hasToolCalls } from "./message.ts";
import { toolOutputsEqual } from "./same-answer.ts";
import type { InitialState } from "./task.ts";

/** Options of {@link createInitialState}. */
export interface InitialStateOptions {
  /** A replayed answer that differs from the record is an error (true, default) or is passed over (re-grading of old records). */
  strict?: boolean;
}

/**
 * The state in which a conversation begins, or into which recorded messages lead (docs/spec/core.md#3-6): data merged in, functions run,
 * then the recorded calls that change state run again.
 * @throws Tau2Error `replay_mismatch`, `protocol`, or what a function refuses.
 */
export function createInitialState(
  setup: EnvironmentConfig,
  initial: Partial<InitialState>,
  options: InitialStateOptions = {},
): EnvironmentState {
  const history = initial.message_history ?? [];
  if (setup.solo && history.some(({ role }) => role === "user")) {
    throw new Tau2Error("protocol", "User messages are not allowed in solo mode");
  }
  const start = startOf(setup, initial);
  if (history.length === 0) return (start.synced ??= syncState(setup, start.state));
  let { state } = start;
  for (const { call, answer } of recordedCalls(history)) state = replay(setup, state, call, answer, options.strict ?? true);
  return syncState(setup, state);
}

type Preparation = Pick<Partial<InitialState>, "initialization_data" | "initialization_actions">;

/** The state before any message. */
interface Start {
  readonly setup: EnvironmentConfig;
  readonly data: Preparation["initialization_data"];
  readonly state: EnvironmentState;
  /** The same after the sync of the sides. */
  synced?: EnvironmentState;
}

/** Known starts, by the list of functions that were run. */
const starts = new WeakMap<object, Start>();

/**
 * Where a task begins is the same each time, so it is made once, and its episodes share it. Not where ids were made up on the way, which
 * are new each time, and not for a list that somebody may still change.
 */
function startOf(setup: EnvironmentConfig, { initialization_data: data, initialization_actions: actions }: Preparation): Start {
  const known = actions ? starts.get(actions) : undefined;
  if (known && known.setup.domain === setup.domain && known.setup.data === setup.data && known.data === data) return known;
  const start: Start = { setup, data, state: prepare(setup, data, actions) };
  if (actions && Object.isFrozen(actions) && start.state.issued === 0) starts.set(actions, start);
  return start;
}

function prepare(
  setup: EnvironmentConfig,
  data: Preparation["initialization_data"],
  actions: Preparation["initialization_actions"],
): EnvironmentState {
  let state = createBaseState(setup);
  const { agent_data, user_data } = data ?? {};
  if (agent_data) state = { ...state, agent: mergeData(setup.domain.agent.database, state.agent, agent_data) };
  if (user_data) {
    if (!setup.domain.user) throw new Tau2Error("invalid", `${setup.domain.name} has no user database to merge data into`);
    state = { ...state, user: mergeData(setup.domain.user.database, state.user, user_data) };
  }
  for (const action of actions ?? []) ({ state } = callEnvFunction(setup, state, action));
  return state;
}

const strayAnswer = "Tool message not expected. Tool messages should always follow a tool call.";

/** Each recorded call with its recorded answer. @throws Tau2Error `protocol` when they do not belong together. */
function recordedCalls(history: readonly Message[]): { call: ToolCall; answer: ToolMessage }[] {
  const pairs: { call: ToolCall; answer: ToolMessage }[] = [];
  for (let i = 0; i < history.length; i++) {
    const message = history[i]!;
    if (message.role === "tool") throw new Tau2Error("protocol", strayAnswer);
    if (!hasToolCalls(message)) continue;
    for (const call of message.tool_calls) {
      const answer = history[++i];
      if (answer?.role !== "tool") {
        throw new Tau2Error("protocol", `Tool message expected. Got ${answer ? `a ${answer.role} message` : "None"}.`);
      }
      if (answer.id !== call.id) throw new Tau2Error("protocol", `Tool call id mismatch. Got ${call.id} and ${answer.id}`);
      pairs.push({ call, answer });
    }
  }
  return pairs;
}

function replay(
  setup: EnvironmentConfig,
  state: EnvironmentState,
  call: ToolCall,
  recorded: ToolMessage,
  strict: boolean,
): EnvironmentState {
  if (!findToolOnEitherSide(setup.domain, call.name)?.mutatesState) return state;
  const { state: next, message } = executeToolCall(setup, state, call);
  if (strict && !toolOutputsEqual(message, recorded)) {
    throw new Tau2Error(
      "replay_mismatch",
      `replaying ${call.name} (call '${call.id}') gave\n${message.content}\nbut the record holds\n${recorded.content}`,
    );
  }
  return next;
}
