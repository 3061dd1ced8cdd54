import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { createStorageError, openLineLog, type LineLog } from "./line-log.ts";
import { acquireLock } from "./lock.ts";
import type { IdentityDifference } from "./run-identity.ts";

/** A log that belongs to this process until it is released. */
export interface ClaimedLog<History> {
  /** Content of the log; null for a new one. */
  readonly history: History | null;
  /**
   * Opens the log behind its complete lines, and appends the first line of a session.
   * @throws Tau2Error `storage` when it cannot be written
   */
  open(session: string): Promise<LineLog>;
  release(): Promise<void>;
}

/**
 * Locks a log for this process, and reads it. Creates its folder if that is missing.
 * @throws Tau2Error `busy` when another process works on it, `storage` when the folder or the lock cannot be written, and as `read` does
 */
export async function claimLog<History extends { readonly end: number }>(
  files: { readonly log: string; readonly lock: string },
  read: (path: string) => Promise<History | null>,
): Promise<ClaimedLog<History>> {
  await mkdir(dirname(files.log), { recursive: true }).catch((cause: unknown) => {
    throw createStorageError(files.log, cause, "Nothing was begun");
  });
  const release = await acquireLock(files.lock);
  try {
    const history = await read(files.log);
    return { history, release, open: (session) => openSession(files.log, history?.end ?? 0, session) };
  } catch (error) {
    await release();
    throw error;
  }
}

async function openSession(path: string, end: number, session: string): Promise<LineLog> {
  const log = await openLineLog(path, end);
  try {
    await log.append(session);
    return log;
  } catch (error) {
    await log.close();
    throw error;
  }
}

/**
 * Checks that results of a session can stand beside those of earlier sessions.
 * @throws Tau2Error `incompatible` naming the differences
 */
export function checkCompatible(path: string, differences: readonly IdentityDifference[]): void {
  if (differences.length === 0) return;
  throw new Tau2Error(
    "incompatible",
    `${path} was started with something else, and one file cannot hold results of both:\n${differences.map(({ text }) => `  ${text}`).join("\n")}\n` +
      "To resume it, use what it was started with; or start a run under another name",
  );
}
