import type { AgentDb, Domain, UserDb } from "../domain/domain.ts";
import { z } from "zod";
import { isRecord, toPlainKey, type JsonObject } from "../json/json.ts";
import { parseData, containers } from "../schema/schema.ts";
import {
  executeToolCall,
  callEnvFunction,
  findToolOnEitherSide,
  createBaseState,
  syncState,
  type EnvironmentConfig,
  type EnvironmentState,
} from "./execute-tool-call.ts";
import { Tau2Error } from "../errors.ts";
import { type Message, type ToolCall, type ToolMessage, hasToolCalls } from "../task/message.ts";
import { toolOutputsEqual } from "../state/equality.ts";
import type { InitialState } from "../task/task.ts";

/**
 * Merges a task's partial data into a database: objects key by key, other values, also lists, are replaced (docs/spec/core.md#3-5).
 * Only the patched parts are validated and copied.
 * @throws Tau2Error `invalid`, naming the place that does not fit the schema.
 */
export function mergeData<T>(schema: z.ZodType<T>, current: T, patch: JsonObject): T {
  return merge(schema, current, patch, "initialization data") as T;
}

function merge(schema: z.ZodType, current: unknown, patch: unknown, what: string): unknown {
  if (!isRecord(patch) || !isRecord(current)) return parseData(schema, patch, what);
  const container = containers.get(schema);
  if (container) {
    const merged = new Map<string, unknown>(current instanceof Map ? current : Object.entries(current));
    for (const [marked, value] of Object.entries(patch)) {
      const key = toPlainKey(marked);
      merged.set(key, merge(container.value, merged.get(key), value, `${what} ${key}`));
    }
    return container.kind === "map" ? merged : Object.fromEntries(merged);
  }
  if (schema instanceof z.ZodObject) return mergeFields(schema, current, patch, what);
  // Unions and nullables can only be validated as a whole.
  return parseData(schema, plainMerge(current, patch), what);
}

function mergeFields(schema: z.ZodObject, current: Record<string, unknown>, patch: Record<string, unknown>, what: string): unknown {
  const unknown = Object.keys(patch).filter((key) => !(key in schema.shape));
  if (unknown.length > 0 && schema.def.catchall instanceof z.ZodNever) {
    parseData(schema, { ...current, ...patch }, what);
  }
  const merged = { ...current };
  for (const [key, field] of Object.entries<z.ZodType>(schema.shape)) {
    if (key in patch) merged[key] = merge(field, current[key], patch[key], `${what} ${key}`);
  }
  return merged;
}

function plainMerge(current: unknown, patch: unknown): unknown {
  if (!isRecord(current) || !isRecord(patch)) return patch;
  const merged: Record<string, unknown> = { ...current };
  for (const [key, value] of Object.entries(patch)) merged[key] = plainMerge(merged[key], value);
  return merged;
}

/** Options of {@link createInitialState}. */
export interface InitialStateOptions {
  /** If true, a replayed answer that differs from the record is an error. Use false to grade old records again. Default: true. */
  strict?: boolean | undefined;
}

/**
 * Creates the state at the start of a conversation, or after recorded messages (docs/spec/core.md#3-6): merges the data, runs the
 * functions, then runs the recorded calls that change the state again.
 * @throws Tau2Error `replay_mismatch`, `protocol`, `invalid` for data that does not fit, or the refusal of a function.
 * @example
 * ```ts
 * import { createEnvironmentConfig, createInitialState, Environment } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { telecom } from "@tau2/domains/telecom";
 *
 * const data = loadData(telecom);
 * const config = createEnvironmentConfig(telecom, data);
 * const [task] = data.tasks();
 * const env = new Environment(config, createInitialState(config, task?.initial_state ?? {}));
 * console.log(env.diff().user.length > 0);
 * ```
 */
export function createInitialState<D extends Domain>(
  config: EnvironmentConfig<D>,
  initial: Partial<InitialState>,
  options?: InitialStateOptions,
): EnvironmentState<AgentDb<D>, UserDb<D>>;
export function createInitialState(
  config: EnvironmentConfig,
  initial: Partial<InitialState>,
  options: InitialStateOptions = {},
): EnvironmentState {
  const history = initial.message_history ?? [];
  if (config.solo && history.some(({ role }) => role === "user")) {
    throw new Tau2Error("protocol", "User messages are not allowed in solo mode");
  }
  const start = getStart(config, initial);
  if (history.length === 0) return (start.synced ??= syncState(config, start.state));
  let { state } = start;
  for (const { call, answer } of pairRecordedCalls(history)) state = replay(config, state, call, answer, options.strict ?? true);
  return syncState(config, state);
}

type Preparation = Pick<Partial<InitialState>, "initialization_data" | "initialization_actions">;

/** Start of conversations, before any message. */
interface Start {
  readonly config: EnvironmentConfig;
  readonly data: Preparation["initialization_data"];
  readonly state: EnvironmentState;
  /** The state after the sync. */
  synced?: EnvironmentState;
}

/** Starts that were created before, by their list of functions. */
const starts = new WeakMap<object, Start>();

/**
 * Returns the start of a task. It is created once and shared by all episodes of the task, unless it contains generated ids, which
 * must be new each time, or its list of functions is not frozen.
 */
function getStart(config: EnvironmentConfig, { initialization_data: data, initialization_actions: actions }: Preparation): Start {
  const known = actions ? starts.get(actions) : undefined;
  if (known && known.config.domain === config.domain && known.config.data === config.data && known.data === data) return known;
  const start: Start = { config, data, state: prepare(config, data, actions) };
  if (actions && Object.isFrozen(actions) && start.state.issued === 0) starts.set(actions, start);
  return start;
}

function prepare(
  config: EnvironmentConfig,
  data: Preparation["initialization_data"],
  actions: Preparation["initialization_actions"],
): EnvironmentState {
  let state = createBaseState(config);
  const { agent_data, user_data } = data ?? {};
  if (agent_data) state = { ...state, agent: mergeData(config.domain.agent.database, state.agent, agent_data) };
  if (user_data) {
    if (!config.domain.user) throw new Tau2Error("invalid", `${config.domain.name} does not have a user database to merge data into`);
    state = { ...state, user: mergeData(config.domain.user.database, state.user, user_data) };
  }
  for (const action of actions ?? []) ({ state } = callEnvFunction(config, state, action));
  return state;
}

const strayAnswer = "Tool message not expected. Tool messages should always follow a tool call.";

/** Pairs each recorded call with its answer. @throws Tau2Error `protocol` if they do not belong together. */
function pairRecordedCalls(history: readonly Message[]): { call: ToolCall; answer: ToolMessage }[] {
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
  config: EnvironmentConfig,
  state: EnvironmentState,
  call: ToolCall,
  recorded: ToolMessage,
  strict: boolean,
): EnvironmentState {
  if (!findToolOnEitherSide(config.domain, call.name)?.mutatesState) return state;
  const { state: next, message } = executeToolCall(config, state, call);
  if (strict && !toolOutputsEqual(message, recorded)) {
    throw new Tau2Error(
      "replay_mismatch",
      `replaying ${call.name} (call '${call.id}') returned\n${message.content}\nbut the record holds\n${recorded.content}`,
    );
  }
  return next;
}
