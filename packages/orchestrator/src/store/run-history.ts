import { existsSync } from "node:fs";
import { Tau2Error, type Task } from "@tau2/domains";
import type { Results, RunInfo } from "../results/results.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import { addEntry, infoOf, noContent, type LogContent } from "./log-content.ts";
import { parseEntry, type RequestEntry, type SessionEntry } from "./log-entry.ts";
import { readCompleteLines } from "./read-lines.ts";

/** What a run's log tells. */
export interface RunHistory {
  /** Oldest first; never empty. */
  readonly sessions: readonly SessionEntry[];
  /** The newest of the sessions' infos, with as many trials as the longest of them. */
  readonly info: RunInfo;
  /** Tasks of all sessions, in the order in which they came. */
  readonly tasks: readonly Task[];
  /** The simulation that counts of each task and trial. */
  readonly simulations: ReadonlyMap<string, SimulationRun>;
  readonly requests: readonly RequestEntry[];
  /** How many conversations took the place of an earlier one. */
  readonly playedAgain: number;
  /** Numbers of lines that could not be read. */
  readonly damaged: readonly number[];
  /** Bytes of the log that are whole lines. */
  readonly end: number;
}

/**
 * Reads a run's log.
 * @returns null when there is none, or none that came as far as its first line
 * @throws Tau2Error `invalid` when it does not begin as logs do, `unsupported` for a newer form
 */
export async function readRunHistory(path: string): Promise<RunHistory | null> {
  if (!existsSync(path)) return null;
  const content = noContent();
  const damaged: number[] = [];
  let end = 0;
  for await (const line of readCompleteLines(path)) {
    ({ end } = line);
    const entry = parseEntry(line.text);
    if (entry) addEntry(content, entry);
    else damaged.push(line.number);
  }
  if (content.sessions.length > 0) return { ...content, info: infoOf(content.sessions), damaged, end };
  if (damaged.length === 0) return null;
  throw new Tau2Error("invalid", `${path} is no log of a run: its first line says nothing about one`);
}

/** A copy of what a log tells, to be added to. */
export function contentOf({ sessions, tasks, simulations, requests, playedAgain }: RunHistory): LogContent {
  const keys = new Map([...simulations].map(([key, { id }]) => [id, key]));
  return { sessions: [...sessions], tasks: [...tasks], simulations: new Map(simulations), keys, requests: [...requests], playedAgain };
}

/** The results that a log holds, in the order of trials and tasks. */
export function resultsOf({ sessions, tasks, simulations }: Pick<RunHistory, "sessions" | "tasks" | "simulations">): Results {
  const place = new Map(tasks.map(({ id }, i) => [id, i]));
  const sorted = [...simulations.values()].toSorted(
    (a, b) => (a.trial ?? 0) - (b.trial ?? 0) || (place.get(a.task_id) ?? 0) - (place.get(b.task_id) ?? 0),
  );
  return { timestamp: sessions[0]?.at ?? null, info: infoOf(sessions), tasks, simulations: sorted, simulation_index: null };
}
