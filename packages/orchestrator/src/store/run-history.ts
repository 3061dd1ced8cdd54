import { existsSync } from "node:fs";
import { Tau2Error, type Task } from "@tau2/domains";
import type { Results, RunInfo } from "../results/results.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import { type LogEntry, parseEntry, type RequestEntry, type SessionEntry } from "./log-entry.ts";
import { wholeLines } from "./read-lines.ts";

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

/** What tells the simulations of a run apart. */
export function unitKey({ task_id, trial }: Pick<SimulationRun, "task_id" | "trial">): string {
  return `${trial ?? 0} ${task_id}`;
}

/**
 * Reads a run's log.
 * @returns null when there is none, or none that came as far as its first line
 * @throws Tau2Error `invalid` when it does not begin as logs do, `unsupported` for a newer form
 */
export async function readRunHistory(path: string): Promise<RunHistory | null> {
  if (!existsSync(path)) return null;
  const history = emptyHistory();
  for await (const { number, text, end } of wholeLines(path)) {
    history.end = end;
    const entry = parseEntry(text);
    if (entry) take(history, entry);
    else history.damaged.push(number);
  }
  const { sessions, damaged } = history;
  const latest = sessions.at(-1);
  if (latest) return { ...history, info: { ...latest.info, num_trials: Math.max(...sessions.map(({ info }) => info.num_trials)) } };
  if (damaged.length === 0) return null;
  throw new Tau2Error("invalid", `${path} is no log of a run: its first line says nothing about one`);
}

/** The results that a log holds, in the order of trials and tasks. */
export function resultsOf({
  sessions,
  info,
  tasks,
  simulations,
}: Pick<RunHistory, "sessions" | "info" | "tasks" | "simulations">): Results {
  const place = new Map(tasks.map(({ id }, i) => [id, i]));
  const sorted = [...simulations.values()].toSorted(
    (a, b) => (a.trial ?? 0) - (b.trial ?? 0) || (place.get(a.task_id) ?? 0) - (place.get(b.task_id) ?? 0),
  );
  return { timestamp: sessions[0]?.at ?? null, info, tasks, simulations: sorted, simulation_index: null };
}

interface Growing {
  sessions: SessionEntry[];
  tasks: Task[];
  simulations: Map<string, SimulationRun>;
  /** Where a simulation stands, by its id. */
  keys: Map<string, string>;
  requests: RequestEntry[];
  playedAgain: number;
  damaged: number[];
  end: number;
}

function emptyHistory(): Growing {
  return { sessions: [], tasks: [], simulations: new Map(), keys: new Map(), requests: [], playedAgain: 0, damaged: [], end: 0 };
}

function take(history: Growing, entry: LogEntry): void {
  switch (entry.kind) {
    case "session":
      history.sessions.push(entry);
      history.tasks.push(...entry.tasks);
      return;
    case "request":
      history.requests.push(entry);
      return;
    case "held":
      addHeld(history, entry.simulation);
      return;
    case "failed":
      addPlaceholder(history.simulations, entry.simulation);
      return;
    case "graded":
      addGrade(history, entry);
  }
}

function addHeld(history: Growing, simulation: SimulationRun): void {
  const key = unitKey(simulation);
  const earlier = history.simulations.get(key);
  if (earlier && !isPlaceholder(earlier)) history.playedAgain++;
  history.simulations.set(key, simulation);
  history.keys.set(simulation.id, key);
}

function addGrade({ simulations, keys }: Growing, { id, reward_info, info }: Extract<LogEntry, { kind: "graded" }>): void {
  const key = keys.get(id);
  const simulation = key === undefined ? undefined : simulations.get(key);
  // A conversation that was played again is graded by its own entry.
  if (simulation?.id === id) simulations.set(unitKey(simulation), { ...simulation, reward_info, info });
}

/** A placeholder never takes the place of a conversation: an attempt at playing it again that came to nothing loses nothing. */
export function addPlaceholder(simulations: Map<string, SimulationRun>, placeholder: SimulationRun): void {
  const key = unitKey(placeholder);
  const known = simulations.get(key);
  if (!known || isPlaceholder(known)) simulations.set(key, placeholder);
}

/** Whether a simulation only says why there is none. */
export function isPlaceholder({ termination_reason }: Pick<SimulationRun, "termination_reason">): boolean {
  return termination_reason === "infrastructure_error";
}
