import type { JsonObject } from "@tau2/domains";
import type { Results } from "../results/results.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { RunUnit } from "../run/plan-run.ts";
import type { LineLog } from "./line-log.ts";
import { entryText, type LogEntry, type RequestEntry, type SessionEntry } from "./log-entry.ts";
import { resultsCheckpoints } from "./results-checkpoints.ts";
import type { RunFiles } from "./run-files.ts";
import { addPlaceholder, isPlaceholder, resultsOf, unitKey, type RunHistory } from "./run-history.ts";
import { writeRunRecord } from "./run-record.ts";
import { storageError } from "./storage-error.ts";

/** Where a run's simulations are kept while it goes on. */
export interface RunStore {
  /** Whether earlier sessions held and graded a task and trial, and it is not to be played again. */
  isDone(unit: Pick<RunUnit, "task" | "trial">): boolean;
  /** The conversation that earlier sessions held and did not grade; null where there is none. */
  heldBefore(unit: Pick<RunUnit, "task" | "trial">): SimulationRun | null;
  /** Takes a conversation, and resolves once it is on the disk. @throws Tau2Error `storage` */
  hold(simulation: SimulationRun): Promise<void>;
  /** Takes a simulation in its final form: the grade of a conversation held before, or a placeholder. @throws Tau2Error `storage` */
  finish(simulation: SimulationRun): Promise<void>;
  /** Notes what a role's model was asked with; the same thing is noted once. */
  noteRequest(role: string, request: JsonObject): void;
  /** What there is by now. */
  results(): Results;
  /** How many conversations took the place of an earlier one, in all sessions. */
  playedAgain(): number;
  /** Writes the results file for the last time and releases the run. @throws when the file cannot be written; the log has everything then */
  close(): Promise<Results>;
}

/** What {@link runStore} is made from. */
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
export async function runStore({ files, log, before, session, playAgain, release }: RunStoreParts): Promise<RunStore> {
  const simulations = new Map(before?.simulations);
  const replaced = new Set<string>();
  const requests: RequestEntry[] = [...(before?.requests ?? [])];
  const known = new Set(requests.map((entry) => entryText(entry)));
  const sessions = [...(before?.sessions ?? []), session];
  const tasks = [...(before?.tasks ?? []), ...session.tasks];
  const info = { ...session.info, num_trials: Math.max(...sessions.map((each) => each.info.num_trials)) };
  const held = new Set([...simulations.values()].map(({ id }) => id));

  const results = () => resultsOf({ sessions, info, tasks, simulations });
  const playedAgain = () => (before?.playedAgain ?? 0) + replaced.size;
  const writeRecord = () => writeRunRecord(files.record, { sessions, tasks, requests, playedAgain: playedAgain() });
  const append = (entry: LogEntry) => log.append(entryText(entry));
  const earlier = ({ task, trial }: Pick<RunUnit, "task" | "trial">): SimulationRun | null => {
    const found = before?.simulations.get(unitKey({ task_id: task.id, trial }));
    return found && !isPlaceholder(found) && !playAgain(found) ? found : null;
  };
  const checkpoints = resultsCheckpoints(files.results, results);
  const inLog = (cause: unknown): never => {
    throw storageError(files.results, cause, `Everything is in ${files.log}`);
  };
  await checkpoints.write().then(writeRecord).catch(inLog);

  return {
    results,
    playedAgain,
    isDone(unit) {
      const found = earlier(unit);
      return found !== null && found.reward_info !== null;
    },
    heldBefore(unit) {
      const found = earlier(unit);
      return found?.reward_info === null ? found : null;
    },
    async hold(simulation) {
      await append({ kind: "held", simulation });
      const key = unitKey(simulation);
      const replacing = simulations.get(key);
      if (replacing && !isPlaceholder(replacing)) replaced.add(key);
      simulations.set(key, simulation);
      held.add(simulation.id);
      checkpoints.touch();
    },
    async finish(simulation) {
      const { id, reward_info, info: notes } = simulation;
      if (isPlaceholder(simulation)) {
        await append({ kind: "failed", simulation });
        addPlaceholder(simulations, simulation);
      } else {
        await append(held.has(id) ? { kind: "graded", id, reward_info, info: notes } : { kind: "held", simulation });
        simulations.set(unitKey(simulation), simulation);
      }
      checkpoints.touch();
    },
    noteRequest(role, request) {
      const entry: RequestEntry = { kind: "request", role, request };
      const text = entryText(entry);
      if (known.has(text)) return;
      known.add(text);
      requests.push(entry);
      // Of no weight: a log that cannot be written shows at the next conversation.
      append(entry).catch(() => undefined);
    },
    async close() {
      try {
        await checkpoints.close().then(writeRecord).catch(inLog);
      } finally {
        await log.close();
        await release();
      }
      return results();
    },
  };
}
