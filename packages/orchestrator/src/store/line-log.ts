import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import type { Tau2Error } from "@tau2/domains";
import { syncFile } from "../results/sync-file.ts";
import { storageError } from "./storage-error.ts";

/** A file that only grows, line by line. */
export interface LineLog {
  /**
   * Adds a line, and resolves once it is on the disk. Lines that come while others are being written share one sync.
   * @throws Tau2Error `storage` when it cannot be written; then nothing of it stays, and nothing more is taken
   */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/** What a log needs of a file. */
export type LogHandle = Pick<FileHandle, "appendFile" | "datasync" | "stat" | "truncate" | "close">;

interface Waiting {
  text: string;
  resolve(): void;
  reject(error: unknown): void;
}

const KEPT = "What was finished before is in it and stays there";

/**
 * Opens a log for appending; makes the file when there is none.
 * @param end bytes that hold whole lines; what is behind them, such as a line torn by a crash, is cut off
 * @throws Tau2Error `storage` when the file cannot be opened
 */
export async function openLineLog(
  path: string,
  end: number,
  openFile: (path: string) => Promise<LogHandle> = openForAppending,
): Promise<LineLog> {
  const handle = await openFile(path).catch((cause: unknown) => {
    throw storageError(path, cause, KEPT);
  });
  let size = end;
  if ((await handle.stat()).size > end) await handle.truncate(end);
  await syncFolder(dirname(path));
  let broken: Tau2Error<"storage"> | null = null;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | null = null;

  async function write(batch: readonly Waiting[]): Promise<void> {
    if (broken) throw broken;
    const bytes = Buffer.from(batch.map(({ text }) => text).join(""));
    try {
      await handle.appendFile(bytes);
      await handle.datasync();
      size += bytes.length;
    } catch (cause) {
      broken = storageError(path, cause, KEPT);
      // Where even this fails, the next reader passes over the torn line.
      await handle.truncate(size).catch(() => undefined);
      throw broken;
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = null;
  }

  return {
    append: (line) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ text: `${line}\n`, resolve, reject });
        writing ??= drain();
      }),
    async close() {
      await writing;
      await handle.close();
    },
  };
}

async function openForAppending(path: string): Promise<LogHandle> {
  const handle = await open(path, "a");
  return Object.assign(handle, { datasync: () => syncFile(handle, { dataOnly: true }) });
}

/** A file just made is only found after a power cut when its folder was synced too. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  if (folder) await syncFile(folder).catch(() => undefined);
  await folder?.close();
}
