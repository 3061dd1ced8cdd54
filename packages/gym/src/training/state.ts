import type { AgentInfo, EpisodeError } from "../env/result.ts";
import type { Episode } from "../episode/episode.ts";
import type { ContextMessage, FlatTool, ModelMessage, NewMessage } from "./messages.ts";

/** How an episode went so far, in the order in which the original lists it. */
export interface StateMetadata {
  /** 1 once a reward of 1 was earned. */
  correct: 0 | 1;
  total: 1;
  /** The last step's; null when a fault kept it from being known. Missing before the first step. */
  reward?: number | null;
  done?: boolean;
  truncated?: boolean;
  /** Whether the last step called anything. */
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
export function episodeState(fields: EpisodeState): EpisodeState {
  return Object.defineProperty({ ...fields }, "toJSON", { value: record, enumerable: false });
}

function record(this: EpisodeState): StateRecord {
  const { tau2_episode: _, tau2_info: __, ...rest } = this;
  return rest;
}
