import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { type JsonObject, Tau2Error, type Task } from "@tau2/domains";
import { formatTimestamp } from "../conversation/conversation.ts";
import type { RunInfo, SimulationRun } from "../results/results.ts";
import { compareIdentities, compareTasks, getRuntimeVersions, type RunIdentity } from "./run-identity.ts";
import { checkCompatible, claimLog } from "./claim-log.ts";
import { formatEntry, getRunFiles, RUN_LOG_VERSION, type SessionEntry, readRunHistory, type RunHistory } from "./run-log.ts";
import { createRunStore, type RunStore } from "./run-store.ts";

/** Settings of a session on a run. */
export interface RunSession {
  identity: RunIdentity;
  info: RunInfo;
  tasks: readonly Task[];
  /** Data that the program needs to continue the run; stored with the run, so it must not contain secrets. */
  config?: JsonObject | undefined;
  /** Start of the session, in local time as in messages. Default: now. */
  at?: string | undefined;
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
 * `readRunHistory` does
 */
export async function openRun(path: string): Promise<RunClaim> {
  const files = getRunFiles(path);
  if (existsSync(join(dirname(path), "simulations"))) {
    throw new Tau2Error(
      "unsupported",
      `${dirname(path)} holds a folder 'simulations', so readers would take it for results in the directory layout: convert them to one file first, or take another place`,
    );
  }
  const { history, release, open } = await claimLog(files, readRunHistory);
  return {
    history,
    release,
    async begin(session) {
      const known = history?.tasks ?? [];
      const before = history?.sessions.at(-1)?.identity ?? {};
      checkCompatible(path, [...compareIdentities(before, session.identity), ...compareTasks(known, session.tasks)]);
      const entry = createSessionEntry(session, known);
      const playAgain = (simulation: SimulationRun) => session.playAgain?.(simulation) ?? false;
      return open(formatEntry(entry), (log) => createRunStore({ files, log, before: history, session: entry, playAgain, release }));
    },
  };
}

function createSessionEntry(
  { identity, info, tasks, config = {}, at = formatTimestamp(new Date()) }: RunSession,
  known: readonly Task[],
): SessionEntry {
  const ids = new Set(known.map(({ id }) => id));
  return {
    kind: "session",
    form: RUN_LOG_VERSION,
    at,
    identity,
    config,
    made_with: getRuntimeVersions(),
    info,
    tasks: tasks.filter(({ id }) => !ids.has(id)),
  };
}
