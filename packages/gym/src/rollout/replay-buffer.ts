import { createReadStream, existsSync, fsync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { promisify } from "node:util";
import { Tau2Error } from "@tau2/domains";
import { isRecord } from "@tau2/domains/internal";
import type { EpisodeStep } from "./rollout-record.ts";
import type { RolloutTrajectory, TrajectoryGroup } from "./trajectory.ts";

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
  constructor({ maxSize = 1e10 }: { maxSize?: number | undefined } = {}) {
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
    this.addRecord(toReplayRecord(step));
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
export function getReplayBuffer(name: string, options: { maxSize?: number | undefined } = {}): ReplayBuffer {
  if (name !== "default") throw new Tau2Error("not_found", `Sorry, replay buffer ${name} is not implemented yet.`);
  return new ReplayBuffer(options);
}

function toReplayRecord(step: EpisodeStep): ReplayRecord {
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

/** The file inside the folder of a saved buffer. The name is that of a data set's only part, so that other programs find it. */
export const REPLAY_FILE = "data-00000-of-00001.jsonl";

/**
 * Writes a whole buffer into a folder, as JSON lines with the keys of a record, in place of what was saved there before. A crash leaves the
 * old one or the new one. Read it back with {@link loadReplayBuffer}, or in Python with `datasets.load_dataset(folder)`.
 * @throws Tau2Error `invalid` when the buffer is empty
 */
export async function saveReplayBuffer({ buffer }: Pick<ReplayBuffer, "buffer">, folder: string): Promise<void> {
  if (buffer.length === 0) throw new Tau2Error("invalid", "the replay buffer is empty: there is nothing to save");
  await mkdir(folder, { recursive: true });
  const path = join(folder, REPLAY_FILE);
  const file = await open(`${path}.part`, "w");
  try {
    for (const record of buffer) await file.write(`${JSON.stringify(record)}\n`);
    // Not `file.sync()`, which throws with Yarn PnP.
    await promisify(fsync)(file.fd);
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

/**
 * Reads a buffer that was saved in a folder.
 * @throws Tau2Error `not_found` when there is none, `invalid` naming the line that is no record
 */
export async function loadReplayBuffer(folder: string, options: { maxSize?: number | undefined } = {}): Promise<ReplayBuffer> {
  const path = join(folder, REPLAY_FILE);
  if (!existsSync(path)) throw new Tau2Error("not_found", `there is no saved replay buffer in ${folder}: it has no ${REPLAY_FILE}`);
  const buffer = new ReplayBuffer(options);
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number++;
    if (line !== "") buffer.addRecord(readRecord(line, `${path}:${number}`));
  }
  return buffer;
}

function readRecord(line: string, place: string): ReplayRecord {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Tau2Error("invalid", `${place} is not JSON`, { cause });
  }
  if (!isRecord(value) || !Array.isArray(value["state"]) || !isRecord(value["action"]) || typeof value["return"] !== "number") {
    throw new Tau2Error("invalid", `${place} is no step of a replay buffer: it needs state, action and return at least`);
  }
  return value as unknown as ReplayRecord;
}
