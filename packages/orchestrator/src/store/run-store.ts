import { type Results, isPlaceholder, type SimulationRun } from "../results/results.ts";
import { writeResults, writeFileAtomic } from "../results/write-results.ts";
import { hashValue } from "../cassette/cassette.ts";
import {
  type RunHistory,
  addEntry,
  createEmptyContent,
  getSimulationKey,
  copyContent,
  toResults,
  formatEntry,
  type LogEntry,
  type RequestEntry,
  type RunFiles,
  type SessionEntry,
} from "./run-log.ts";
import type { JsonObject } from "@tau2/domains";
import type { SimulationSpec } from "../run/plan-run.ts";
import type { SimulationStore } from "../run/run-simulation.ts";
import { type LineLog, createStorageError } from "./line-log.ts";

/** Keeps a results file up to date while its run continues. */
export interface ResultsCheckpoints {
  /** Writes what there is now. @throws when it cannot be written */
  write(): Promise<void>;
  /** Says that there is something new. */
  touch(): void;
  /** Writes what there is at last. @throws when it cannot be written */
  close(): Promise<void>;
}

/** Multiple of the last write's duration to wait before the next one, so that large files do not slow the run. */
const REST_FACTOR = 10;
const SHORTEST_REST_MS = 1000;

/**
 * Writes a results file repeatedly, less often the longer it takes. A write failure does not stop the run: the log has
 * everything, and `close` says what is wrong.
 */
function createResultsCheckpoints(path: string, getResults: () => Results): ResultsCheckpoints {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let rest = SHORTEST_REST_MS;

  const write = async () => {
    const started = performance.now();
    await writeResults(path, getResults());
    rest = Math.max(SHORTEST_REST_MS, (performance.now() - started) * REST_FACTOR);
  };
  const writeCheckpoint = () => {
    writing = write()
      .catch(() => undefined)
      .finally(() => (timer = undefined));
  };
  return {
    write,
    touch() {
      timer ??= setTimeout(writeCheckpoint, rest);
    },
    async close() {
      clearTimeout(timer);
      await writing;
      await write();
    },
  };
}

/** Writes what a run was made of, for people and for tools that compare runs. It can be made again from the log at any time. */
async function writeRunRecord(path: string, history: Pick<RunHistory, "sessions" | "tasks" | "requests" | "playedAgain">): Promise<void> {
  await writeFileAtomic(path, [`${JSON.stringify(createRecord(history), null, 2)}\n`]);
}

function createRecord({
  sessions,
  tasks,
  requests,
  playedAgain,
}: Pick<RunHistory, "sessions" | "tasks" | "requests" | "playedAgain">): object {
  const { identity, config, made_with, info } = sessions.at(-1)!;
  const { domain, database, policy, tools, agent, user, judge } = identity;
  return {
    form: 1,
    started: sessions[0]!.at,
    hashes: {
      data: hashValue([domain, database, policy, tools, tasks]),
      tasks: hashValue(tasks),
      prompts: hashValue([agent.prompt, user.prompt, judge?.prompt ?? null]),
      packages: hashValue(made_with.packages),
    },
    git_commit: info.git_commit,
    identity,
    config,
    sessions: sessions.map(({ at, made_with: programs, info: { num_trials } }) => ({ at, num_trials, ...programs })),
    requests: requests.map(({ role, request }) => ({ role, ...request })),
    played_again: playedAgain,
  };
}

/** The simulations of a run on disk: a log that is appended to, and a results file made from it. */
export interface RunStore extends SimulationStore {
  /** Resolves once the conversation is on the disk. @throws Tau2Error `storage` */
  saveConversation(simulation: SimulationRun): Promise<void>;
  /** Resolves once the grade, or the placeholder, is on the disk. @throws Tau2Error `storage` */
  saveResult(simulation: SimulationRun): Promise<void>;
  /** Stores a request to a role's model; an equal one is stored once. */
  noteRequest(role: string, request: JsonObject): void;
  /** Results so far. */
  getResults(): Results;
  /** Number of conversations that replaced an earlier one, in all sessions. */
  playedAgain(): number;
  /** Writes the results file for the last time and releases the run. @throws when the file cannot be written; the log has everything then */
  close(): Promise<Results>;
}

/** Parts of {@link createRunStore}. */
export interface RunStoreParts {
  files: RunFiles;
  log: LineLog;
  before: RunHistory | null;
  /** Of this process; it is in the log already. */
  session: SessionEntry;
  playAgain(simulation: SimulationRun): boolean;
  release(): Promise<void>;
}

/** The store of a session that has just begun. */
export async function createRunStore({ files, log, before, session, playAgain, release }: RunStoreParts): Promise<RunStore> {
  const content = before ? copyContent(before) : createEmptyContent();
  addEntry(content, session);
  const known = new Set(content.requests.map((entry) => formatEntry(entry)));

  const getResults = () => toResults(content);
  const writeRecord = () => writeRunRecord(files.record, content);
  const append = async (entry: LogEntry) => {
    await log.append(formatEntry(entry));
    addEntry(content, entry);
    checkpoints.touch();
  };
  const findEarlier = ({ task, trial }: Pick<SimulationSpec, "task" | "trial">): SimulationRun | null => {
    const found = before?.simulations.get(getSimulationKey({ task_id: task.id, trial }));
    return found && !isPlaceholder(found) && !playAgain(found) ? found : null;
  };
  const checkpoints = createResultsCheckpoints(files.results, getResults);
  const throwStorageError = (cause: unknown): never => {
    throw createStorageError(files.results, cause, `Everything is in ${files.log}`);
  };
  await checkpoints.write().then(writeRecord).catch(throwStorageError);

  return {
    getResults,
    playedAgain: () => content.playedAgain,
    isDone(unit) {
      const found = findEarlier(unit);
      return found !== null && found.reward_info !== null;
    },
    findUngraded(unit) {
      const found = findEarlier(unit);
      return found?.reward_info === null ? found : null;
    },
    saveConversation: (simulation) => append({ kind: "held", simulation }),
    saveResult(simulation) {
      const { id, reward_info, info } = simulation;
      if (isPlaceholder(simulation)) return append({ kind: "failed", simulation });
      return append(content.keys.has(id) ? { kind: "graded", id, reward_info, info } : { kind: "held", simulation });
    },
    noteRequest(role, request) {
      const entry: RequestEntry = { kind: "request", role, request };
      const text = formatEntry(entry);
      if (known.has(text)) return;
      known.add(text);
      addEntry(content, entry);
      // Of no weight: a log that cannot be written shows at the next conversation.
      log.append(text).catch(() => undefined);
    },
    async close() {
      try {
        await checkpoints.close().then(writeRecord).catch(throwStorageError);
      } finally {
        await log.close();
        await release();
      }
      return getResults();
    },
  };
}
