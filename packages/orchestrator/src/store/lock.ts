import { readFileSync } from "node:fs";
import { open, readFile, stat, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { isRecord, Tau2Error } from "@tau2/domains";

/** How long a lock may stand empty before nobody is believed to be writing it. */
const EMPTY_MS = 1000;

/**
 * Takes a run for this process, so that no second one works on it at the same time. A lock that a process left when it was killed is no
 * lock.
 * @returns what gives it back
 * @throws Tau2Error `busy` when another process works on the run
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const own = JSON.stringify({ pid: process.pid, host: hostname(), started: startOf(process.pid) });
  for (;;) {
    try {
      const handle = await open(path, "wx");
      await handle.writeFile(own);
      await handle.close();
      return once(() => unlink(path).catch(() => undefined));
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
    }
    if (await isBeingWritten(path)) {
      await pause(20);
      continue;
    }
    const holder = await holderOf(path);
    if (holder !== null) {
      throw new Tau2Error("busy", `${holder} works on this run; wait for it, or end it. If that is wrong, delete ${path}`);
    }
    await unlink(path).catch(() => undefined);
  }
}

/** Given back a second time, it would be somebody else's. */
function once(release: () => Promise<void>): () => Promise<void> {
  let released: Promise<void> | undefined;
  return () => (released ??= release());
}

/** A lock is empty for a moment, or for good when its process was killed in that moment. */
async function isBeingWritten(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && found.size === 0 && Date.now() - found.mtimeMs < EMPTY_MS;
}

/** Who holds a lock, in words; null when nobody does any more. */
async function holderOf(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => "");
  let holder: unknown;
  try {
    holder = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(holder) || typeof holder["pid"] !== "number") return null;
  const { pid, host, started } = holder;
  if (host !== hostname()) return `process ${String(pid)} on ${String(host)}`;
  const isGone = pid === process.pid ? started !== startOf(pid) : !isAlive(pid) || (started !== null && started !== startOf(pid));
  return isGone ? null : `process ${pid}`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}

/** When a process began, where the system tells: numbers of processes are given again. */
function startOf(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}
