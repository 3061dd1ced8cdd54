import { getErrorMessage, redactText, withoutByteOrderMark } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { open, type FileHandle } from "node:fs/promises";
import { dirname } from "node:path";
import { PRIVATE_FILE, syncFile } from "../results/write-results.ts";
import { createReadStream } from "node:fs";

/** Creates the error of a file that cannot be written: its name, the reason, and the consequence. */
export function createStorageError(path: string, cause: unknown, meaning: string): Tau2Error<"storage"> {
  const full = typeof cause === "object" && cause !== null && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  return new Tau2Error("storage", `${path} cannot be written${full ? ", the disk is full" : ""}: ${getErrorMessage(cause)}. ${meaning}`, {
    cause,
  });
}

/** A file that only grows, line by line. */
export interface LineLog {
  /**
   * Adds a line without the secrets of the process, and resolves once it is on the disk. Lines that come while others are being written share one sync.
   * @throws Tau2Error `storage` when it cannot be written; then nothing of it stays, and nothing more is taken
   */
  append(line: string): Promise<void>;
  close(): Promise<void>;
}

/** Part of a file that a log needs. */
export type LogHandle = Pick<FileHandle, "appendFile" | "datasync" | "stat" | "truncate" | "close">;

interface Waiting {
  text: string;
  resolve(): void;
  reject(error: unknown): void;
}

const STILL_THERE = "Finished work is in it and stays there";

/**
 * Opens a log for appending; creates the file if it is missing.
 * @param end bytes that hold complete lines; the rest, such as a line torn by a crash, is cut off
 * @throws Tau2Error `storage` when the file cannot be opened
 */
export async function openLineLog(
  path: string,
  end: number,
  openFile: (path: string) => Promise<LogHandle> = openForAppending,
): Promise<LineLog> {
  const handle = await openFile(path).catch((cause: unknown) => {
    throw createStorageError(path, cause, STILL_THERE);
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
      broken = createStorageError(path, cause, STILL_THERE);
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
        waiting.push({ text: `${redactText(line)}\n`, resolve, reject });
        writing ??= drain();
      }),
    async close() {
      await writing;
      await handle.close();
    },
  };
}

async function openForAppending(path: string): Promise<LogHandle> {
  const handle = await open(path, "a", PRIVATE_FILE);
  return Object.assign(handle, { datasync: () => syncFile(handle, { dataOnly: true }) });
}

/** A file just made is only found after a power cut when its folder was synced too. Not every system can do that. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => null);
  if (folder) await syncFile(folder).catch(() => undefined);
  await folder?.close();
}

/** A line of a file. */
export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  /** Bytes of the file up to and with this line. */
  readonly end: number;
  /** False for text behind the last line end. */
  readonly isComplete: boolean;
}

const LINE_END = 0x0a;

/**
 * Reads the lines of a file of any size, one after the other. Only `\n` ends a line: a JSON text may hold U+2028, which Node's readline
 * takes as a line end.
 */
export async function* readLines(path: string): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  const toLine = (bytes: Buffer, isComplete: boolean): Line => {
    end += bytes.length + (isComplete ? 1 : 0);
    const text = bytes.toString("utf8");
    return { number: ++number, text: number === 1 ? withoutByteOrderMark(text) : text, end, isComplete };
  };
  let [number, end] = [0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_END); at !== -1; at = chunk.indexOf(LINE_END, from)) {
      const bytes = Buffer.concat([...pieces, chunk.subarray(from, at)]);
      pieces = [];
      from = at + 1;
      yield toLine(bytes, true);
    }
    if (from < chunk.length) pieces.push(chunk.subarray(from));
  }
  if (pieces.length > 0) yield toLine(Buffer.concat(pieces), false);
}
