import type { Task } from "@tau2/domains";
import type { RunInfo } from "../results/results.ts";
import { isPlaceholder, type SimulationRun } from "../results/simulation-run.ts";
import type { LogEntry, RequestEntry, SessionEntry } from "./log-entry.ts";

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
