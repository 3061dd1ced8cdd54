import type { SimulationRun } from "@tau2/orchestrator";
import type { EpisodeError } from "../env/step-result.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import type { TaskListName } from "../training/task-lists.ts";

/** One step of an episode as trainers take it (docs/spec/act-prm.md#11-3). It is plain data. */
export interface EpisodeStep {
  /** What the model was shown. */
  state: readonly ModelMessage[];
  /** What it said. */
  action: ModelMessage;
  /** What came of it. */
  next_obs: readonly ModelMessage[];
  /** Ids of what it was shown and what it said; empty without a tokenizer. */
  state_action_tokens: readonly number[];
  /** How many of them it was shown. */
  state_len: number;
  /** Log-probabilities of those that it said; empty where nobody knows them. */
  old_logprobs: readonly number[];
  /** Null when nobody said. */
  temperature: number | null;
  /** Null when a fault kept it from being known; then it is the last step. */
  reward: number | null;
  done: boolean;
  truncated: boolean;
  /** Of the state before the step, as is `try_step`. */
  timestep: number;
  try_step: number;
  batch_id: number;
  /** The sample's index as it was asked for, not wrapped around. */
  unique_data_sample_id: number;
  generation_id: number;
  split: TaskListName;
  /** {@link NOT_COMPUTED} until computed. */
  return_: number;
  advantage: number;
  return_is_computed: boolean;
  advantage_is_computed: boolean;
  constant_reward_group: boolean;
  /** What the model could call. */
  tools: readonly FlatTool[] | null;
  action_prob: number;
}

/** Stands where a return or an advantage has not been computed. */
export const NOT_COMPUTED = -2;

/** A step as the environment gave it, with nothing computed yet. */
export function createEpisodeStep(
  fields: Omit<
    EpisodeStep,
    "return_" | "advantage" | "return_is_computed" | "advantage_is_computed" | "constant_reward_group" | "action_prob"
  >,
): EpisodeStep {
  return {
    ...fields,
    return_: NOT_COMPUTED,
    advantage: NOT_COMPUTED,
    return_is_computed: false,
    advantage_is_computed: false,
    constant_reward_group: false,
    action_prob: 0,
  };
}

/** Which episode of a run is meant; no two of a run have the same. */
export interface RolloutKey {
  split: TaskListName;
  /** Place of the task in its list, not wrapped around. */
  sample_id: number;
  generation_id: number;
  try_step: number;
}

/** An episode from its beginning to its end. It is plain data: store it, and hand it back to go on with a run. */
export interface Rollout extends RolloutKey {
  batch_id: number;
  task_id: string;
  /** The policy's name. */
  policy: string;
  episode_steps: readonly EpisodeStep[];
  /** Of the last step. Null when somebody failed, or when it could not be graded: then `error` says what happened. */
  final_reward: number | null;
  error: EpisodeError | null;
  /** The conversation with its grade, as results files hold it. Null when somebody broke it off: no file may show a reward of 0 for that. */
  simulation: SimulationRun | null;
  /** How long it took. */
  seconds: number;
}

/** A text that tells rollouts of a run apart. */
export function getRolloutId({ split, sample_id, generation_id, try_step }: RolloutKey): string {
  return `${split}/${sample_id}/${generation_id}/${try_step}`;
}
