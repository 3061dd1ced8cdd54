import { Tau2Error } from "@tau2/domains";
import type { EpisodeStep } from "./episode-step.ts";
import type { RolloutTrajectory } from "./trajectory.ts";
import type { TrajectoryGroup } from "./trajectory-group.ts";

/** A step as a replay buffer keeps it, its keys in this order (docs/spec/act-prm.md#14). */
export interface ReplayRecord extends Pick<
  EpisodeStep,
  "state" | "action" | "next_obs" | "tools" | "old_logprobs" | "advantage" | "split" | "batch_id" | "try_step"
> {
  return: number;
  data_sample_id: number;
}

/** Keeps the steps that a model is trained on, the newest `maxSize` of them: the original names a size and does not keep to it. */
export class ReplayBuffer {
  readonly maxSize: number;
  readonly #records: ReplayRecord[] = [];

  /** @throws Tau2Error `invalid` for a size below 1 */
  constructor({ maxSize = 1e10 }: { maxSize?: number } = {}) {
    if (!(maxSize >= 1)) throw new Tau2Error("invalid", `the size of a replay buffer is at least 1: got ${maxSize}`);
    this.maxSize = maxSize;
  }

  /** What it holds, oldest first. */
  get buffer(): readonly ReplayRecord[] {
    return this.#records;
  }

  get length(): number {
    return this.#records.length;
  }

  addEpisodeStep(step: EpisodeStep): void {
    this.addRecord(replayRecord(step));
  }

  addTrajectory({ episode_steps }: Pick<RolloutTrajectory, "episode_steps">): void {
    for (const step of episode_steps) this.addEpisodeStep(step);
  }

  addTrajectoryGroup({ trajectories }: Pick<TrajectoryGroup, "trajectories">): void {
    for (const trajectory of trajectories) this.addTrajectory(trajectory);
  }

  /** As it was read from a file. */
  addRecord(record: ReplayRecord): void {
    this.#records.push(record);
    if (this.#records.length > this.maxSize) this.#records.shift();
  }
}

/** A replay buffer by its name. @throws Tau2Error `not_found` for any name but `default` */
export function getReplayBuffer(name: string, { max_size = 1e10 }: { max_size?: number } = {}): ReplayBuffer {
  if (name !== "default") throw new Tau2Error("not_found", `Sorry, replay buffer ${name} is not implemented yet.`);
  return new ReplayBuffer({ maxSize: max_size });
}

function replayRecord(step: EpisodeStep): ReplayRecord {
  const { state, action, next_obs, tools, old_logprobs, advantage, split, batch_id, try_step } = step;
  return {
    state,
    action,
    next_obs,
    tools,
    old_logprobs,
    return: step.return_,
    advantage,
    split,
    batch_id,
    try_step,
    data_sample_id: step.unique_data_sample_id,
  };
}
