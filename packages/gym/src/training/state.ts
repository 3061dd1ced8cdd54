import type { AgentInfo, EpisodeError } from "../env/step-result.ts";
import type { Episode } from "../episode/episode.ts";
import type { ContextMessage, FlatTool, ModelMessage, NewMessage } from "./messages.ts";
import type { PlayedTurn } from "./play-actions.ts";

/** Progress of an episode, with keys in act-prm's order. */
export interface StateMetadata {
  /** 1 after a reward of 1. */
  correct: 0 | 1;
  total: 1;
  /** Reward of the last step; null if a fault prevented it. Missing before the first step. */
  reward?: number | null;
  done?: boolean;
  truncated?: boolean;
  /** True if the last step made a call. */
  made_tool_call?: boolean;
  task_id?: string;
  /** Fault of another participant than the model that learns. act-prm does not have this key. */
  error?: EpisodeError;
}

/** Part of a state that JSON can hold. */
export interface StateRecord {
  system_prompt: string;
  /** Messages since the model's last turn. */
  new_messages: readonly NewMessage[];
  /** Messages of the model in the last step. Null after a reset, or if the caller does not pass them. */
  model_response: readonly ModelMessage[] | null;
  /** Messages that the model received before, as passed to `step`. Older observations are hidden if configured. */
  prior_messages: readonly ContextMessage[];
  /** The same list in every state of an environment. */
  tools: readonly FlatTool[];
  task_id: string;
  /** Index passed to `reset`, before it wraps around. */
  sample_id: number;
  generation_id: number;
  batch_id: number;
  try_step: number;
  /** Number of steps. */
  timestep: number;
  metadata: StateMetadata;
  first_obs_to_show: number;
  last_obs_to_show: number | null;
}

/** Immutable state of a training episode. Steps create new states, so every state can be the start of several branches. */
export interface EpisodeState extends StateRecord {
  /** Conversation, databases and outcome. Not in the state's JSON. */
  readonly tau2_episode: Episode;
  /** Info of the `AgentEnv`: task, policy, tools, at the end the simulation and its grade. Not in the state's JSON. */
  readonly tau2_info: AgentInfo;
}

/** Creates a state whose JSON leaves out the episode. */
export function createEpisodeState(fields: EpisodeState): EpisodeState {
  return Object.defineProperty({ ...fields }, "toJSON", { value: toStateRecord, enumerable: false });
}

function toStateRecord(this: EpisodeState): StateRecord {
  const { tau2_episode: _, tau2_info: __, ...rest } = this;
  return rest;
}

/** Result of a step. */
export interface TrainingStep {
  /** State after the step. */
  state: EpisodeState;
  /** 0 until the end. Null if a fault ended the episode or prevented its grading: see `info.error`. */
  reward: number | null;
  done: boolean;
  /** True if the limit of turns was reached, the turn was blank, or a call led to an end that could not be graded. */
  truncated: boolean;
  /** Metadata of the state. */
  info: StateMetadata;
}

/** Result of a turn, and settings of the environment. */
export interface TurnOutcome {
  before: EpisodeState;
  played: PlayedTurn;
  /** Episode after the turn. */
  episode: Episode;
  model_response: readonly ModelMessage[] | null;
  /** Messages that the model received, with hidden observations. */
  prior_messages: readonly ContextMessage[];
  max_turns: number;
  /** Message after the last turn. */
  truncation_message: string;
}

/** Creates the state after a turn (docs/spec/act-prm.md#7-2). The model has one more turn than `max_turns`, and that turn is played. */
export function toNextState({
  before,
  played,
  episode,
  model_response,
  prior_messages,
  max_turns,
  truncation_message,
}: TurnOutcome): TrainingStep {
  const timestep = before.timestep + 1;
  const used = timestep >= max_turns + 1;
  const messages: NewMessage[] = [...played.messages];
  if (used) messages.push({ role: "user", content: truncation_message });
  if (messages.length === 0) messages.push({ role: "user", content: "No actions were parsed. Please use tool calls to continue." });
  const { reward, made_tool_call } = played;
  const [done, truncated] = [played.done || used, played.truncated || used];
  const { error: _, ...metadata } = before.metadata;
  const error = played.info?.error ?? before.metadata.error;
  const info: StateMetadata = {
    ...metadata,
    ...(reward !== null && reward >= 1 ? { correct: 1 } : {}),
    reward,
    done,
    truncated,
    made_tool_call,
    task_id: before.task_id,
    ...(error ? { error } : {}),
  };
  const state = createEpisodeState({
    ...before,
    new_messages: messages,
    model_response,
    prior_messages,
    try_step: before.try_step + (used || played.failed ? 1 : 0),
    timestep,
    metadata: info,
    tau2_episode: episode,
    tau2_info: played.info ?? before.tau2_info,
  });
  return { state, reward, done, truncated, info };
}

/**
 * Returns the messages for the model (docs/spec/act-prm.md#11-1): the system prompt, then the conversation, with tool results as plain
 * messages. Pass them to `step` as `current_messages`.
 */
export function toModelMessages(
  state: Pick<StateRecord, "system_prompt" | "prior_messages" | "model_response" | "new_messages">,
): ModelMessage[] {
  const said = state.model_response ?? [];
  const called = said.some(({ tool_calls }) => (tool_calls ?? []).length > 0);
  const before = [...state.prior_messages, ...said].map((message) => toPlainMessage(message, false));
  const all = [...before, ...state.new_messages.map((message) => toPlainMessage(message, called))];
  return [{ role: "system", content: state.system_prompt }, ...(all[0]?.role === "system" ? all.slice(1) : all)];
}

/** Converts a message for the model. @param withCallId whether the endpoint made the call and requires its id */
export function toPlainMessage(message: ContextMessage, withCallId: boolean): ModelMessage {
  if (!("output" in message)) return message;
  const { role, call_id, output } = message;
  return { role, content: output, ...(withCallId && call_id !== null ? { tool_call_id: call_id } : {}) };
}
