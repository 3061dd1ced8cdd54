import { createReadStream, existsSync, fsync } from "node:fs";
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { promisify } from "node:util";
import { isRecord } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { ReplayBuffer, type ReplayRecord } from "./replay-buffer.ts";

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
export async function loadReplayBuffer(folder: string, options: { maxSize?: number } = {}): Promise<ReplayBuffer> {
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
