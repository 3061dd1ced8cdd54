import { dirname } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { makePrivateFolder } from "../results/write-results.ts";
import { createStorageError, openLineLog, type LineLog } from "./line-log.ts";
import { acquireLock } from "./lock.ts";
import type { IdentityDifference } from "./run-identity.ts";

/** A log that belongs to this process until it is released. */
export interface ClaimedLog<History> {
  /** Content of the log; null for a new one. */
  readonly history: History | null;
  /**
   * Opens the log behind its complete lines, appends the first line of a session, and creates a store on the log. The store closes the log.
   * @throws Tau2Error `storage` when the log cannot be written, and as `create` does; the log is closed then
   */
  open<Store>(session: string, create: (log: LineLog) => Promise<Store>): Promise<Store>;
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
  await makePrivateFolder(dirname(files.log)).catch((cause: unknown) => {
    throw createStorageError(files.log, cause, "Nothing was begun");
  });
  const release = await acquireLock(files.lock);
  try {
    const history = await read(files.log);
    return {
      history,
      release,
      async open(session, create) {
        const log = await openLineLog(files.log, history?.end ?? 0);
        try {
          await log.append(session);
          return await create(log);
        } catch (error) {
          await log.close();
          throw error;
        }
      },
    };
  } catch (error) {
    await release();
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
