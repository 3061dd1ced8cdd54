import type { JsonObject } from "@tau2/domains";
import type { Results } from "../results/results.ts";
import { isPlaceholder, type SimulationRun } from "../results/simulation-run.ts";
import type { SimulationSpec } from "../run/plan-run.ts";
import type { SimulationStore } from "../run/run-simulation.ts";
import type { LineLog } from "./line-log.ts";
import { addEntry, noContent, unitKey, contentOf, resultsOf, type RunHistory } from "./run-history.ts";
import { entryText, type LogEntry, type RequestEntry, type SessionEntry } from "./log-entry.ts";
import { resultsCheckpoints } from "./results-checkpoints.ts";
import type { RunFiles } from "./run-files.ts";
import { writeRunRecord } from "./run-record.ts";
import { storageError } from "./storage-error.ts";

/** The simulations of a run on disk: a log that is appended to, and a results file made from it. */
export interface RunStore extends SimulationStore {
  /** Resolves once the conversation is on the disk. @throws Tau2Error `storage` */
  saveConversation(simulation: SimulationRun): Promise<void>;
  /** Resolves once the grade, or the placeholder, is on the disk. @throws Tau2Error `storage` */
  saveResult(simulation: SimulationRun): Promise<void>;
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
  const content = before ? contentOf(before) : noContent();
  addEntry(content, session);
  const known = new Set(content.requests.map((entry) => entryText(entry)));

  const results = () => resultsOf(content);
  const writeRecord = () => writeRunRecord(files.record, content);
  const append = async (entry: LogEntry) => {
    await log.append(entryText(entry));
    addEntry(content, entry);
    checkpoints.touch();
  };
  const earlier = ({ task, trial }: Pick<SimulationSpec, "task" | "trial">): SimulationRun | null => {
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
    playedAgain: () => content.playedAgain,
    isDone(unit) {
      const found = earlier(unit);
      return found !== null && found.reward_info !== null;
    },
    findUngraded(unit) {
      const found = earlier(unit);
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
      const text = entryText(entry);
      if (known.has(text)) return;
      known.add(text);
      addEntry(content, entry);
      // Of no weight: a log that cannot be written shows at the next conversation.
      log.append(text).catch(() => undefined);
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
