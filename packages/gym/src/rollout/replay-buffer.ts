import { existsSync, fsync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { Tau2Error } from "@tau2/domains";
import { isRecord, redactText } from "@tau2/domains/internal";
import { makePrivateFolder, PRIVATE_FILE, readLines } from "@tau2/orchestrator/internal";
import type { EpisodeStep } from "./rollout-record.ts";
import type { RolloutTrajectory, TrajectoryGroup } from "./trajectory.ts";

/** Step in a replay buffer, with keys in this order (docs/spec/act-prm.md#14). */
export interface ReplayRecord extends Pick<
  EpisodeStep,
  "state" | "action" | "next_obs" | "tools" | "old_logprobs" | "advantage" | "split" | "batch_id" | "try_step"
> {
  return: number;
  data_sample_id: number;
}

/** Buffer of training steps that keeps the newest `maxSize` of them. act-prm accepts a size but does not enforce it. */
export class ReplayBuffer {
  readonly maxSize: number;
  readonly #records: ReplayRecord[] = [];

  /** @throws Tau2Error `invalid` for a size below 1 */
  constructor({ maxSize = 1e10 }: { maxSize?: number | undefined } = {}) {
    if (!(maxSize >= 1)) throw new Tau2Error("invalid", `maxSize must be at least 1: got ${maxSize}`);
    this.maxSize = maxSize;
  }

  /** Returns the records, oldest first. */
  get buffer(): readonly ReplayRecord[] {
    return this.#records;
  }

  /** Returns the number of records. */
  get length(): number {
    return this.#records.length;
  }

  /** Adds one step. */
  addEpisodeStep(step: EpisodeStep): void {
    this.addRecord(toReplayRecord(step));
  }

  /** Adds all steps of a trajectory. */
  addTrajectory({ episode_steps }: Pick<RolloutTrajectory, "episode_steps">): void {
    for (const step of episode_steps) this.addEpisodeStep(step);
  }

  /** Adds all steps of a group. */
  addTrajectoryGroup({ trajectories }: Pick<TrajectoryGroup, "trajectories">): void {
    for (const trajectory of trajectories) this.addTrajectory(trajectory);
  }

  /** Adds a record, such as one from a file. */
  addRecord(record: ReplayRecord): void {
    this.#records.push(record);
    if (this.#records.length > this.maxSize) this.#records.shift();
  }
}

/**
 * Creates a replay buffer by its name.
 * @throws Tau2Error `not_found` for any name but `default`
 */
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

/** File in the folder of a saved buffer. It is named like a data set with one part, so that other programs find it. */
export const REPLAY_FILE = "data-00000-of-00001.jsonl";

/**
 * Writes a buffer as JSON lines into a folder, and replaces an earlier one. A crash leaves the old or the new file.
 * Read it with {@link loadReplayBuffer}, or in Python with `datasets.load_dataset(folder)`.
 * @throws Tau2Error `invalid` if the buffer is empty
 */
export async function saveReplayBuffer({ buffer }: Pick<ReplayBuffer, "buffer">, folder: string): Promise<void> {
  if (buffer.length === 0) throw new Tau2Error("invalid", "the replay buffer is empty: there is nothing to save");
  await makePrivateFolder(folder);
  const path = join(folder, REPLAY_FILE);
  const file = await open(`${path}.part`, "w", PRIVATE_FILE);
  try {
    for (const record of buffer) await file.write(`${redactText(JSON.stringify(record))}\n`);
    // Not `file.sync()`, which throws with Yarn PnP.
    await promisify(fsync)(file.fd);
  } finally {
    await file.close();
  }
  await rename(`${path}.part`, path);
}

/**
 * Loads a buffer from a folder.
 * @throws Tau2Error `not_found` if the folder does not hold one, `invalid` naming the line that is not a record
 * @example
 * ```ts no-run
 * import { loadReplayBuffer } from "@tau2/gym/training";
 *
 * const buffer = await loadReplayBuffer("logs/first/replay_buffer", { maxSize: 1000 });
 * console.log(buffer.buffer.length);
 * ```
 */
export async function loadReplayBuffer(folder: string, options: { maxSize?: number | undefined } = {}): Promise<ReplayBuffer> {
  const path = join(folder, REPLAY_FILE);
  if (!existsSync(path)) throw new Tau2Error("not_found", `${folder} does not hold a replay buffer: ${REPLAY_FILE} is missing`);
  const buffer = new ReplayBuffer(options);
  for await (const { number, text } of readLines(path)) {
    if (text.trim() !== "") buffer.addRecord(readRecord(text, `${path}:${number}`));
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
    throw new Tau2Error("invalid", `${place} is not a step of a replay buffer: it must hold state, action and return`);
  }
  return value as unknown as ReplayRecord;
}
