import { type Task, Tau2Error } from "@tau2/domains";
import type { RunInfo, Results } from "../results/results.ts";
import { isPlaceholder, type SimulationRun } from "../results/simulation-run.ts";
import { type LogEntry, type RequestEntry, type SessionEntry, parseEntry } from "./log-entry.ts";
import { existsSync } from "node:fs";
import { readCompleteLines } from "./read-lines.ts";

/** What the entries of a log come to: those that are read from it, and those that are being written to it. */
export interface LogContent {
  sessions: SessionEntry[];
  tasks: Task[];
  /** The simulation that counts of each task and trial, by {@link unitKey}. */
  simulations: Map<string, SimulationRun>;
  /** Where a simulation stands, by its id. */
  keys: Map<string, string>;
  requests: RequestEntry[];
  playedAgain: number;
}

/** What tells the simulations of a run apart. */
export function unitKey({ task_id, trial }: Pick<SimulationRun, "task_id" | "trial">): string {
  return `${trial ?? 0} ${task_id}`;
}

/** The content of an empty log. */
export function noContent(): LogContent {
  return { sessions: [], tasks: [], simulations: new Map(), keys: new Map(), requests: [], playedAgain: 0 };
}

/** Adds the next entry. */
export function addEntry(content: LogContent, entry: LogEntry): void {
  switch (entry.kind) {
    case "session":
      content.sessions.push(entry);
      content.tasks.push(...entry.tasks);
      return;
    case "request":
      content.requests.push(entry);
      return;
    case "held":
      addHeld(content, entry.simulation);
      return;
    case "failed":
      addPlaceholder(content, entry.simulation);
      return;
    case "graded":
      addGrade(content, entry);
  }
}

/** The newest of the sessions' infos, with as many trials as the longest of them. */
export function infoOf(sessions: readonly SessionEntry[]): RunInfo {
  return { ...sessions.at(-1)!.info, num_trials: Math.max(...sessions.map(({ info }) => info.num_trials)) };
}

function addHeld(content: LogContent, simulation: SimulationRun): void {
  const key = unitKey(simulation);
  const earlier = content.simulations.get(key);
  if (earlier && !isPlaceholder(earlier)) content.playedAgain++;
  content.simulations.set(key, simulation);
  content.keys.set(simulation.id, key);
}

/** A placeholder never takes the place of a conversation: an attempt at playing it again that came to nothing loses nothing. */
function addPlaceholder({ simulations }: LogContent, placeholder: SimulationRun): void {
  const key = unitKey(placeholder);
  const known = simulations.get(key);
  if (!known || isPlaceholder(known)) simulations.set(key, placeholder);
}

function addGrade({ simulations, keys }: LogContent, { id, reward_info, info }: Extract<LogEntry, { kind: "graded" }>): void {
  const key = keys.get(id);
  const simulation = key === undefined ? undefined : simulations.get(key);
  // A conversation that was played again is graded by its own entry.
  if (key !== undefined && simulation?.id === id) simulations.set(key, { ...simulation, reward_info, info });
}

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
