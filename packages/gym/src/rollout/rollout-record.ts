import type { SimulationRun } from "@tau2/orchestrator";
import type { EpisodeError } from "../env/result.ts";
import type { TaskListName } from "../training/task-lists.ts";
import type { EpisodeStep } from "./episode-step.ts";

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
export function rolloutId({ split, sample_id, generation_id, try_step }: RolloutKey): string {
  return `${split}/${sample_id}/${generation_id}/${try_step}`;
}
