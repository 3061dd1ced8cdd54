import { stringifyJson, keepNumberKinds, redactSettings } from "@tau2/domains/internal";
import { basename, dirname, join } from "node:path";
import { type JsonObject, type RewardInfo, type Task, Tau2Error } from "@tau2/domains";
import { z } from "zod";
import { type RunInfo, resultsSchema, type SimulationRun, simulationRunSchema, type Results, isPlaceholder } from "../results/results.ts";
import { readLog, type ReadLog } from "./read-log.ts";
import type { RuntimeVersions, RunIdentity } from "./run-identity.ts";

/** Version of the log; goes up when a reader of the old version could not read the new one. */
export const RUN_LOG_VERSION = 1;

/** A process began to work on the run. */
export interface SessionEntry {
  kind: "session";
  form: typeof RUN_LOG_VERSION;
  /** Local time as in messages. */
  at: string;
  identity: RunIdentity;
  /** Data of the program that ran, for it to continue the run. */
  config: JsonObject;
  made_with: RuntimeVersions;
  info: RunInfo;
  /** Those that no session before had. */
  tasks: readonly Task[];
}

/** Request to a role's model, without messages and tools. Written once for each that differs. */
export interface RequestEntry {
  kind: "request";
  role: string;
  request: JsonObject;
}

/** One line of a run's log. */
export type LogEntry =
  | SessionEntry
  | RequestEntry
  /** A conversation came to its end. It may have a grade already. */
  | { kind: "held"; simulation: SimulationRun }
  /** A conversation that is in the log was graded, or its grading failed. */
  | { kind: "graded"; id: string; reward_info: RewardInfo | null; info: JsonObject | null }
  /** No conversation came about; the simulation is the placeholder that says why. */
  | { kind: "failed"; simulation: SimulationRun };

/** The files of a run, beside each other. */
export interface RunFiles {
  /** In tau2-bench's form. */
  readonly results: string;
  /** Log of events, line by line: everything else can be made from it. */
  readonly log: string;
  /** Settings of the run, for people. */
  readonly record: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Returns the paths of a run's files: `run.jsonl` and so on beside `results.json`, `other.run.jsonl` beside `other.json`. */
export function getRunFiles(results: string): RunFiles {
  const stem = basename(results, ".json");
  const getPath = (suffix: string) => join(dirname(results), `${stem === "results" ? "" : `${stem}.`}run.${suffix}`);
  return { results, log: getPath("jsonl"), record: getPath("json"), lock: getPath("lock") };
}

const object = z.record(z.string(), z.json());
/** Logs of earlier versions may hold keys. */
const settings = object.transform((value) => redactSettings(value));
const { info: infoSchema, tasks: tasksSchema } = resultsSchema.shape;

const schemas: Readonly<Record<LogEntry["kind"], z.ZodType>> = {
  session: z.object({
    kind: z.literal("session"),
    form: z.literal(RUN_LOG_VERSION),
    at: z.string(),
    identity: settings,
    config: settings,
    made_with: z.object({ packages: z.record(z.string(), z.string()), node: z.string(), platform: z.string() }),
    info: infoSchema,
    tasks: tasksSchema,
  }),
  request: z.object({ kind: z.literal("request"), role: z.string(), request: object }),
  held: z.object({ kind: z.literal("held"), simulation: simulationRunSchema }),
  graded: z.object({
    kind: z.literal("graded"),
    id: z.string(),
    reward_info: simulationRunSchema.shape.reward_info,
    info: simulationRunSchema.shape.info,
  }),
  failed: z.object({ kind: z.literal("failed"), simulation: simulationRunSchema }),
};

/** Formats an entry as a line of the log. */
export function formatEntry(entry: LogEntry): string {
  return stringifyJson(entry);
}

function parseEntry(content: Record<string, unknown>): LogEntry | null {
  const { kind } = content;
  const schema = typeof kind === "string" && Object.hasOwn(schemas, kind) ? schemas[kind as LogEntry["kind"]] : undefined;
  const entry = (schema?.safeParse(content).data ?? null) as LogEntry | null;
  keepNumberKinds(content, entry);
  return entry;
}

/** Content of a log's entries: those that are read from it, and those that are being written to it. */
export interface LogContent {
  sessions: SessionEntry[];
  tasks: Task[];
  /** The simulation that counts of each task and trial, by {@link getSimulationKey}. */
  simulations: Map<string, SimulationRun>;
  /** State of a simulation, by its id. */
  keys: Map<string, string>;
  requests: RequestEntry[];
  playedAgain: number;
}

/** Returns the key of a simulation in a run. */
export function getSimulationKey({ task_id, trial }: Pick<SimulationRun, "task_id" | "trial">): string {
  return `${trial ?? 0} ${task_id}`;
}

/** Creates the content of an empty log. */
export function createEmptyContent(): LogContent {
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
function getInfo(sessions: readonly SessionEntry[]): RunInfo {
  return { ...sessions.at(-1)!.info, num_trials: Math.max(...sessions.map(({ info }) => info.num_trials)) };
}

function addHeld(content: LogContent, simulation: SimulationRun): void {
  const key = getSimulationKey(simulation);
  const earlier = content.simulations.get(key);
  if (earlier && !isPlaceholder(earlier)) content.playedAgain++;
  content.simulations.set(key, simulation);
  content.keys.set(simulation.id, key);
}

/** A placeholder never takes the place of a conversation: an attempt at playing it again that came to nothing loses nothing. */
function addPlaceholder({ simulations }: LogContent, placeholder: SimulationRun): void {
  const key = getSimulationKey(placeholder);
  const known = simulations.get(key);
  if (!known || isPlaceholder(known)) simulations.set(key, placeholder);
}

function addGrade({ simulations, keys }: LogContent, { id, reward_info, info }: Extract<LogEntry, { kind: "graded" }>): void {
  const key = keys.get(id);
  const simulation = key === undefined ? undefined : simulations.get(key);
  // A conversation that was played again is graded by its own entry.
  if (key !== undefined && simulation?.id === id) simulations.set(key, { ...simulation, reward_info, info });
}

/** Content of a run's log. */
export interface RunHistory extends ReadLog {
  /** Oldest first; never empty. */
  readonly sessions: readonly SessionEntry[];
  /** The newest of the sessions' infos, with as many trials as the longest of them. */
  readonly info: RunInfo;
  /** Tasks of all sessions, in the order in which they came. */
  readonly tasks: readonly Task[];
  /** The simulation that counts of each task and trial. */
  readonly simulations: ReadonlyMap<string, SimulationRun>;
  readonly requests: readonly RequestEntry[];
  /** Number of conversations that replaced an earlier one. */
  readonly playedAgain: number;
}

/**
 * Reads a run's log.
 * @returns null if the log does not exist or ends before its first complete line
 * @throws Tau2Error `invalid` if the file is not such a log, `unsupported` for a newer version
 */
export async function readRunHistory(path: string): Promise<RunHistory | null> {
  const content = createEmptyContent();
  const read = await readLog(path, { version: RUN_LOG_VERSION, parse: parseEntry, add: (entry) => addEntry(content, entry) });
  if (!read) return null;
  if (content.sessions.length === 0) throw new Tau2Error("invalid", `${path} is not a log of a run: its first line does not describe one`);
  return { ...content, ...read, info: getInfo(content.sessions) };
}

/** Copies the content of a log, to add entries to it. */
export function copyContent({ sessions, tasks, simulations, requests, playedAgain }: RunHistory): LogContent {
  const keys = new Map([...simulations].map(([key, { id }]) => [id, key]));
  return { sessions: [...sessions], tasks: [...tasks], simulations: new Map(simulations), keys, requests: [...requests], playedAgain };
}

/** Returns the results in a log, in the order of trials and tasks. */
export function toResults({ sessions, tasks, simulations }: Pick<RunHistory, "sessions" | "tasks" | "simulations">): Results {
  const place = new Map(tasks.map(({ id }, i) => [id, i]));
  const sorted = [...simulations.values()].toSorted(
    (a, b) => (a.trial ?? 0) - (b.trial ?? 0) || (place.get(a.task_id) ?? 0) - (place.get(b.task_id) ?? 0),
  );
  return { timestamp: sessions[0]?.at ?? null, info: getInfo(sessions), tasks, simulations: sorted, simulation_index: null };
}
