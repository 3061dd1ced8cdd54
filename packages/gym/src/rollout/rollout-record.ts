import type { SimulationRun } from "@tau2/orchestrator/results";
import type { EpisodeError } from "../env/step-result.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import type { TaskListName } from "../training/task-lists.ts";

/** Step of an episode for trainers, as plain data (docs/spec/act-prm.md#11-3). */
export interface EpisodeStep {
  /** Messages that the model received. */
  state: readonly ModelMessage[];
  /** The model's answer. */
  action: ModelMessage;
  /** Messages that followed. */
  next_obs: readonly ModelMessage[];
  /** Token ids of `state` and `action`. Empty without a tokenizer. */
  state_action_tokens: readonly number[];
  /** Number of token ids of `state`. */
  state_len: number;
  /** Log-probabilities of the token ids of `action`. Empty if they are unknown. */
  old_logprobs: readonly number[];
  /** Null if the rollout does not set it. */
  temperature: number | null;
  /** Null if a fault prevented it; then this is the last step. */
  reward: number | null;
  done: boolean;
  truncated: boolean;
  /** Timestep of the state before the step, as is `try_step`. */
  timestep: number;
  try_step: number;
  batch_id: number;
  /** Requested index of the sample, before it wraps around. */
  unique_data_sample_id: number;
  generation_id: number;
  split: TaskListName;
  /** -2 until computed. */
  return_: number;
  advantage: number;
  return_is_computed: boolean;
  advantage_is_computed: boolean;
  constant_reward_group: boolean;
  /** Tools that the model could call. */
  tools: readonly FlatTool[] | null;
  action_prob: number;
}

/** Value of a return or an advantage before it is computed. */
const NOT_COMPUTED = -2;

/** Creates a step whose return and advantage are not computed. */
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

/** Identity of an episode within a run. */
export interface RolloutKey {
  split: TaskListName;
  /** Index of the task in its list, before it wraps around. */
  sample_id: number;
  generation_id: number;
  try_step: number;
}

/** Whole episode as plain data: store it, and pass it as `finished` to continue a run. */
export interface Rollout extends RolloutKey {
  batch_id: number;
  task_id: string;
  /** Name of the policy. */
  policy: string;
  episode_steps: readonly EpisodeStep[];
  /** Reward of the last step. Null after a fault, or if the grading failed: see `error`. */
  final_reward: number | null;
  error: EpisodeError | null;
  /**
   * Graded conversation as results files hold it. Null after a fault that interrupted it: a results file must not show a reward of 0 for
   * that.
   */
  simulation: SimulationRun | null;
  /** Duration in seconds. */
  seconds: number;
}

/** Returns a text that identifies an episode within a run. */
export function getRolloutId({ split, sample_id, generation_id, try_step }: RolloutKey): string {
  return `${split}/${sample_id}/${generation_id}/${try_step}`;
}
