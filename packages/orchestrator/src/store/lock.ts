import { readFileSync } from "node:fs";
import { open, readFile, stat, unlink, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { isRecord } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";
import { PRIVATE_FILE } from "../results/write-results.ts";
import { createStorageError } from "./line-log.ts";

/** Milliseconds that a lock may be empty before its writer counts as dead. */
const EMPTY_MS = 1000;
/** Milliseconds between heartbeats, and the time after which a lock from another host expires. */
const HEARTBEAT_MS = 10_000;
const EXPIRY_MS = 60_000;

/**
 * Locks a run, or another place, for this process, so that a second one cannot work on it at the same time. A lock left by a dead process is
 * ignored; a lock from another host expires after 60 s without a heartbeat.
 * @param place words for the place, in the error
 * @returns a function that releases it
 * @throws Tau2Error `busy` when another process works on the place, `storage` when the lock cannot be written
 */
export async function acquireLock(path: string, place = "this run"): Promise<() => Promise<void>> {
  for (;;) {
    if (await tryWriteLock(path)) return keepLock(path);
    const found = await inspectLock(path);
    if (found === "stale") await removeStaleLock(path);
    else if (found === "unclear") await pause(20);
    else throw new Tau2Error("busy", `${found.holder} works on ${place}; wait for it, or end it. If that is wrong, delete ${path}`);
  }
}

/**
 * Removes a stale lock. Guarded by `<path>.turn` and checked again, so that of two processes that saw the same stale lock
 * each deletes only that one, and not the new lock of the other.
 */
async function removeStaleLock(path: string): Promise<void> {
  const turn = `${path}.turn`;
  if (!(await tryWriteLock(turn))) {
    // A turn is short, unless its process was killed in it.
    if (((await measureSilence(turn)) ?? 0) > EXPIRY_MS) await unlink(turn).catch(() => undefined);
    return pause(20);
  }
  try {
    if ((await inspectLock(path)) === "stale") await unlink(path);
  } catch (cause) {
    if (getErrorCode(cause) !== "ENOENT") throw createStorageError(path, cause, "It is of a process that is gone: delete it");
  } finally {
    await unlink(turn).catch(() => undefined);
  }
}

/** Returns false if there is a lock already. */
async function tryWriteLock(path: string): Promise<boolean> {
  try {
    const handle = await open(path, "wx", PRIVATE_FILE);
    try {
      await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), started: getStart(process.pid) }));
    } catch (cause) {
      // On a full disk the file is there, but empty.
      await unlink(path).catch(() => undefined);
      throw cause;
    } finally {
      await handle.close();
    }
    return true;
  } catch (cause) {
    if (getErrorCode(cause) === "EEXIST") return false;
    throw createStorageError(path, cause, "Nothing was begun");
  }
}

function keepLock(path: string): () => Promise<void> {
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), HEARTBEAT_MS).unref();
  let released: Promise<void> | undefined;
  // Release is idempotent: a second unlink could delete another process's lock.
  return () => {
    clearInterval(heartbeat);
    return (released ??= unlink(path).catch(() => undefined));
  };
}

/** Describes a lock's holder; `stale` for one of a dead process, `unclear` when it is gone by now, or being written. */
async function inspectLock(path: string): Promise<{ holder: string } | "stale" | "unclear"> {
  const text = await readFile(path, "utf8").catch(() => null);
  // A lock is empty for a moment, or for good when its process was killed in that moment.
  if (text === null || (text === "" && ((await measureSilence(path)) ?? 0) < EMPTY_MS)) return "unclear";
  const holder = await findHolder(text, path);
  return holder === null ? "stale" : { holder };
}

async function findHolder(text: string, path: string): Promise<string | null> {
  const lock = parseLock(text);
  if (!lock || typeof lock["pid"] !== "number") return null;
  const { pid, host, started } = lock;
  if (host !== hostname()) {
    const silent = ((await measureSilence(path)) ?? Number.POSITIVE_INFINITY) > EXPIRY_MS;
    return silent ? null : `process ${pid} on ${String(host)}`;
  }
  const isGone = pid === process.pid ? started !== getStart(pid) : !isAlive(pid) || (started !== null && started !== getStart(pid));
  return isGone ? null : `process ${pid} on ${host}`;
}

function parseLock(text: string): Record<string, unknown> | null {
  try {
    const content: unknown = JSON.parse(text);
    return isRecord(content) ? content : null;
  } catch {
    return null;
  }
}

/** Returns the milliseconds since a lock's last heartbeat; null when it is gone. */
async function measureSilence(path: string): Promise<number | null> {
  const found = await stat(path).catch(() => null);
  return found && Date.now() - found.mtimeMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return getErrorCode(thrown) === "EPERM";
  }
}

/** Returns when a process began, where the system tells: numbers of processes are given again. */
function getStart(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function getErrorCode(thrown: unknown): unknown {
  return thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
}
