import type { Episode } from "../episode/episode.ts";
import type { ContextMessage, ModelMessage, NewMessage } from "./messages.ts";
import type { Played } from "./play-actions.ts";
import { episodeState, type EpisodeState, type StateMetadata } from "./state.ts";

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
export interface Turn {
  before: EpisodeState;
  played: Played;
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
}: Turn): TrainingStep {
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
  const state = episodeState({
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
