import { stringifyJson } from "@tau2/domains/internal";
import { basename } from "node:path";
import type { JsonObject } from "@tau2/domains";
import {
  checkCompatible,
  claimLog,
  compareIdentities,
  createStorageError,
  formatTimestamp,
  getRuntimeVersions,
  writeFileAtomic,
  type LineLog,
} from "@tau2/orchestrator/internal";
import type { ExportedRun } from "../../export/exported-run.ts";
import type { Rollout } from "../rollout-record.ts";
import { packRollout } from "./pack-rollout.ts";
import { toStoredRollouts, type StoredRollouts } from "./read-rollouts.ts";
import {
  getEpisodeKey,
  getRolloutFiles,
  getStageKey,
  readRolloutHistory,
  ROLLOUT_LOG_VERSION,
  type RolloutFiles,
  type RolloutHistory,
  type RolloutLogEntry,
  type RolloutSessionEntry,
  type RolloutStage,
  type StoredRollout,
} from "./rollout-log.ts";

/** Settings of a session on a run of rollouts. */
export interface RolloutSession {
  /** Settings that the episodes depend on. A later session must have equal ones. */
  identity: JsonObject;
  /** Description of the run for exports. */
  run: ExportedRun;
  /** The same for evaluations. Default: that of the batches. */
  evaluationRun?: ExportedRun | null | undefined;
  /** Default: the name of the folder. */
  name?: string | undefined;
  /** Data that the program needs to continue the run; stored with the run, so it must not contain secrets. Default: empty. */
  given?: JsonObject | undefined;
  /** All settings of the program, for people; stored as `config.json`, too. Default: empty. */
  config?: JsonObject | undefined;
  /** Start of the session, in local time as in messages. Default: now. */
  at?: string | undefined;
}

/** A run of rollouts that belongs to this process until it is released. */
export interface RolloutClaim {
  /** Rollouts of earlier sessions; null for a new run. */
  readonly history: StoredRollouts | null;
  /**
   * Begins to work on the run. Closing the store releases it; when this throws the run is still claimed.
   * @throws Tau2Error `incompatible` if the identity differs from that of earlier sessions, naming the difference; `storage` when the run
   * cannot be written
   */
  begin(session: RolloutSession): Promise<RolloutStore>;
  release(): Promise<void>;
}

/** The rollouts of a run on disk: a log that is appended to, and files made from it. */
export interface RolloutStore {
  /** Stores an episode. Resolves once it is on the disk. @throws Tau2Error `storage` */
  addRollout(purpose: StoredRollout["purpose"], rollout: Rollout): Promise<void>;
  /** Stores that a stage is completed, in the log and in the metrics. @throws Tau2Error `storage` */
  addStage(stage: RolloutStage): Promise<void>;
  /** Returns the latest rollout of each episode, also of earlier sessions, in the order in which the episodes were stored first. */
  getRollouts(): StoredRollout[];
  /** Returns the completed stages, also of earlier sessions. */
  getStages(): RolloutStage[];
  close(): Promise<void>;
}

/**
 * Claims the folder of a run for this process, new or begun.
 *
 * @example
 * ```ts
 * import { createExportedRun, getEnv, goldPolicy, groupRollouts, openRollouts } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "mock", user: "scripted", is_async: true });
 * const role = (implementation: string) => ({ implementation, llm: null });
 * const run = createExportedRun(env, { agent: role("gold"), user: role("scripted") });
 *
 * const claim = await openRollouts("logs/gold");
 * const store = await claim.begin({ identity: { domain: "mock", policy: "gold" }, run });
 * await groupRollouts({
 *   env,
 *   policy: goldPolicy(),
 *   finished: claim.history?.rollouts, // an interrupted run continues
 *   onRollout: (played) => store.addRollout("batch", played),
 * });
 * await store.close();
 * ```
 *
 * @throws Tau2Error `busy` when another process works on the run, `storage` when the folder cannot be written, `invalid` if its log is not
 * one of rollouts, `unsupported` for a log of a newer version of tau2
 */
export async function openRollouts(folder: string): Promise<RolloutClaim> {
  const files = getRolloutFiles(folder);
  const { history, open, release } = await claimLog(files, readRolloutHistory);
  return {
    history: history && toStoredRollouts(files.log, history),
    release,
    async begin(session) {
      if (history) checkCompatible(files.log, compareIdentities(history.session.identity, session.identity));
      const entry = createSessionEntry(session, folder);
      return open(JSON.stringify(entry), async (log) => {
        await writeFromLog(files, "config", [`${JSON.stringify(entry.config, null, 2)}\n`]);
        return createRolloutStore(files, log, history, release);
      });
    },
  };
}

function createSessionEntry(session: RolloutSession, folder: string): RolloutSessionEntry {
  const { identity, run, evaluationRun = null, name = basename(folder), given = {}, config = {} } = session;
  const { at = formatTimestamp(new Date()) } = session;
  const runs = { batch: run, evaluation: evaluationRun };
  return { kind: "session", form: ROLLOUT_LOG_VERSION, made_with: getRuntimeVersions(), at, name, given, config, identity, runs };
}

async function createRolloutStore(
  files: RolloutFiles,
  log: LineLog,
  history: RolloutHistory | null,
  release: () => Promise<void>,
): Promise<RolloutStore> {
  const rollouts = new Map(history?.rollouts);
  const stages = new Map(history?.stages);
  const append = (entry: RolloutLogEntry) => log.append(stringifyJson(entry));
  let writing: Promise<void> = Promise.resolve();
  const writeMetrics = () => (writing = writing.then(() => writeFromLog(files, "metrics", [...stages.values()].map(formatMetrics))));
  await writeMetrics();
  return {
    getRollouts: () => [...rollouts.values()],
    getStages: () => [...stages.values()],
    async addRollout(purpose, rollout) {
      await append({ kind: "rollout", purpose, rollout: packRollout(rollout) });
      const stored = { purpose, rollout };
      rollouts.set(getEpisodeKey(stored), stored);
    },
    async addStage({ stage, batch, metrics, policy }) {
      const completed: RolloutStage = { stage, batch, metrics, policy };
      await append({ kind: "stage", ...completed });
      stages.set(getStageKey(completed), completed);
      await writeMetrics();
    },
    async close() {
      try {
        await log.close();
      } finally {
        await release();
      }
    },
  };
}

/** Writes a file that can be made from the log. @throws Tau2Error `storage` */
async function writeFromLog(files: RolloutFiles, file: "config" | "metrics", parts: Iterable<string>): Promise<void> {
  await writeFileAtomic(files[file], parts).catch((cause: unknown) => {
    throw createStorageError(files[file], cause, `Everything is in ${files.log}`);
  });
}

function formatMetrics({ batch, metrics }: RolloutStage): string {
  return `${JSON.stringify({ step: batch, ...metrics })}\n`;
}
