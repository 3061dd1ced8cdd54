import type { AgentInfo, EpisodeError } from "../env/step-result.ts";
import type { Episode } from "../episode/episode.ts";
import type { ContextMessage, FlatTool, ModelMessage, NewMessage } from "./messages.ts";
import type { PlayedTurn } from "./play-actions.ts";

/** How an episode went so far, in the order in which the original lists it. */
export interface StateMetadata {
  /** 1 once a reward of 1 was earned. */
  correct: 0 | 1;
  total: 1;
  /** The last step's; null when a fault kept it from being known. Missing before the first step. */
  reward?: number | null;
  done?: boolean;
  truncated?: boolean;
  /** True if the last step called anything. */
  made_tool_call?: boolean;
  task_id?: string;
  /** Who failed, and how, when it was not the model that learns. The original has no such key. */
  error?: EpisodeError;
}

/** What a state holds that JSON can hold. */
export interface StateRecord {
  system_prompt: string;
  /** What is new since the model's last turn. */
  new_messages: readonly NewMessage[];
  /** What the model said in the step that led here; null after a reset, or when the caller does not say. */
  model_response: readonly ModelMessage[] | null;
  /** What the model had been shown before it said that, as given to `step`, observations hidden where that is asked for. */
  prior_messages: readonly ContextMessage[];
  /** The same list in every state of an environment. */
  tools: readonly FlatTool[];
  task_id: string;
  /** As given to `reset`: not wrapped around. */
  sample_id: number;
  generation_id: number;
  batch_id: number;
  try_step: number;
  /** Steps taken. */
  timestep: number;
  metadata: StateMetadata;
  first_obs_to_show: number;
  last_obs_to_show: number | null;
}

/**
 * An episode of the training environment at one moment. It is a value: stepping from it makes another one, so any state can be stepped from
 * again, and every such step is a branch of its own.
 */
export interface EpisodeState extends StateRecord {
  /** The conversation, the databases and the end, if it is over; not in the state's JSON. */
  readonly tau2_episode: Episode;
  /** What the gym tells: task, policy, tools, at the end the simulation and its grade; not in the state's JSON. */
  readonly tau2_info: AgentInfo;
}

/** A state whose JSON holds what JSON can hold. */
export function createEpisodeState(fields: EpisodeState): EpisodeState {
  return Object.defineProperty({ ...fields }, "toJSON", { value: toStateRecord, enumerable: false });
}

function toStateRecord(this: EpisodeState): StateRecord {
  const { tau2_episode: _, tau2_info: __, ...rest } = this;
  return rest;
}

/** What a step of the training environment gives. */
export interface TrainingStep {
  /** The one to step from next. */
  state: EpisodeState;
  /** 0 until the end. Null when somebody else failed, or the end could not be graded: `info.error` says what happened. */
  reward: number | null;
  done: boolean;
  /** The turns were used up, or the turn was blank, or a call led to an end that could not be graded. */
  truncated: boolean;
  /** The state's metadata. */
  info: StateMetadata;
}

/** What a turn came to, and what the environment makes of it. */
export interface TurnOutcome {
  before: EpisodeState;
  played: PlayedTurn;
  /** The episode after it. */
  episode: Episode;
  model_response: readonly ModelMessage[] | null;
  /** What the model was shown, observations hidden as they will be. */
  prior_messages: readonly ContextMessage[];
  max_turns: number;
  /** Said when the turns are used up. */
  truncation_message: string;
}

/** The state after a turn (docs/spec/act-prm.md#7-2). The model has one turn more than `max_turns`, and that one is played in full. */
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
 * What the model is shown in a state (docs/spec/act-prm.md#11-1): the system prompt, then everything so far, a tool's answer as a plain message. To
 * be given back to `step` as `current_messages`.
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

/** A message as a model is shown it. @param withCallId the call came through the endpoint, which then wants to be told its id */
export function toPlainMessage(message: ContextMessage, withCallId: boolean): ModelMessage {
  if (!("output" in message)) return message;
  const { role, call_id, output } = message;
  return { role, content: output, ...(withCallId && call_id !== null ? { tool_call_id: call_id } : {}) };
}
