import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type JsonObject, Tau2Error, type Task } from "@tau2/domains";
import { formatTimestamp } from "../conversation/clock.ts";
import type { RunInfo, SimulationRun } from "../results/results.ts";
import { compareIdentities, compareTasks, getRuntimeVersions, type RunIdentity } from "./run-identity.ts";
import { openLineLog, createStorageError } from "./line-log.ts";
import { acquireLock } from "./lock.ts";
import { formatEntry, LOG_FORM, type SessionEntry, readRunHistory, type RunHistory } from "./run-log.ts";
import { getRunFiles } from "./run-files.ts";
import { createRunStore, type RunStore } from "./run-store.ts";

/** Settings of a session on a run. */
export interface RunSession {
  identity: RunIdentity;
  info: RunInfo;
  tasks: readonly Task[];
  /** Data that the program needs to continue the run; stored with the run, so it must not contain secrets. */
  config?: JsonObject;
  /** When it began; by default now. */
  at?: string;
  /** Selects finished simulations to rerun; the old one stays until the new conversation is saved. By default none. */
  playAgain?(simulation: SimulationRun): boolean;
}

/** A run that belongs to this process until it is released. */
export interface RunClaim {
  /** History of earlier sessions; null for a new run. */
  readonly history: RunHistory | null;
  /**
   * Begins to work on the run. Closing the store releases it; when this throws the run is still claimed.
   * @throws Tau2Error `incompatible` when results of the session could not stand beside those that are there, naming what differs; `storage`
   * when it cannot be written
   */
  begin(session: RunSession): Promise<RunStore>;
  release(): Promise<void>;
}

/**
 * Takes a run for this process, new or begun, by the path of its results file.
 * @throws Tau2Error `busy` when another process works on it, `unsupported` where its results are in the directory layout, and as
 * {@link readRunHistory} does
 */
export async function openRun(path: string): Promise<RunClaim> {
  const files = getRunFiles(path);
  if (existsSync(join(dirname(path), "simulations"))) {
    throw new Tau2Error(
      "unsupported",
      `${dirname(path)} holds a folder 'simulations', so readers would take it for results in the directory layout: convert them to one file first, or take another place`,
    );
  }
  await mkdir(dirname(path), { recursive: true }).catch((cause: unknown) => {
    throw createStorageError(path, cause, "Nothing was begun");
  });
  const release = await acquireLock(files.lock);
  try {
    const history = await readRunHistory(files.log);
    return {
      history,
      release,
      async begin(session) {
        if (history) checkCompatible(history, session, path);
        const log = await openLineLog(files.log, history?.end ?? 0);
        const entry = sessionEntry(session, history?.tasks ?? []);
        await log.append(formatEntry(entry));
        const playAgain = (simulation: SimulationRun) => session.playAgain?.(simulation) ?? false;
        return createRunStore({ files, log, before: history, session: entry, playAgain, release });
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

function sessionEntry({ identity, info, tasks, config = {}, at }: RunSession, known: readonly Task[]): SessionEntry {
  const ids = new Set(known.map(({ id }) => id));
  return {
    kind: "session",
    form: LOG_FORM,
    at: at ?? formatTimestamp(new Date()),
    identity,
    config,
    made_with: getRuntimeVersions(),
    info,
    tasks: tasks.filter(({ id }) => !ids.has(id)),
  };
}

function checkCompatible({ sessions, tasks }: RunHistory, session: RunSession, path: string): void {
  const differences = [...compareIdentities(sessions.at(-1)!.identity, session.identity), ...compareTasks(tasks, session.tasks)];
  if (differences.length === 0) return;
  throw new Tau2Error(
    "incompatible",
    `${path} was started with something else, and one file cannot hold results of both:\n${differences.map(({ text }) => `  ${text}`).join("\n")}\n` +
      "To resume it, use what it was started with; or start a run under another name",
  );
}
