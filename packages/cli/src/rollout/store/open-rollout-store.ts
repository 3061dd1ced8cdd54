import { mkdir } from "node:fs/promises";
import { Tau2Error, type JsonObject } from "@tau2/domains";
import type { Rollout } from "@tau2/gym/training";
import { compareIdentities } from "@tau2/orchestrator/store";
import { getRuntimeVersions, openLineLog, acquireLock, writeFileAtomic, type LineLog } from "@tau2/orchestrator/internal";
import {
  LOG_FORM,
  type Purpose,
  type RolloutLogEntry,
  type SessionEntry,
  type StageEntry,
  packRollout,
  getRolloutFiles,
  type RolloutFiles,
} from "./entries.ts";
import { getEpisodeKey, readHistory, getStageKey, type RolloutHistory, type StoredRollout } from "./read-history.ts";

/** A run that belongs to this process until it is released. */
export interface RolloutClaim {
  /** History of earlier sessions; null for a new run. */
  readonly history: RolloutHistory | null;
  /** Begins to work on it. @throws Tau2Error `incompatible` when its episodes could not stand beside those that are there */
  begin(session: Omit<SessionEntry, "kind" | "form" | "made_with">): Promise<RolloutStore>;
  release(): Promise<void>;
}

/** Store of a run's episodes while it is running. */
export interface RolloutStore {
  readonly files: RolloutFiles;
  /** Everything that was played, of earlier sessions too. */
  readonly rollouts: ReadonlyMap<string, StoredRollout>;
  readonly stages: ReadonlyMap<string, StageEntry>;
  /** Takes a rollout, and resolves once it is on the disk. @throws Tau2Error `storage` */
  addRollout(purpose: Purpose, rollout: Rollout): Promise<void>;
  /** Notes that a stage is done, in the log and in the metrics. @throws Tau2Error `storage` */
  addStage(entry: Omit<StageEntry, "kind">): Promise<void>;
  close(): Promise<void>;
}

/** Takes a run's folder for this process. @throws Tau2Error `busy` when another process works on it, and as {@link readHistory} does */
export async function openRolloutStore(folder: string): Promise<RolloutClaim> {
  const files = getRolloutFiles(folder);
  await mkdir(folder, { recursive: true });
  const release = await acquireLock(files.lock);
  try {
    const history = await readHistory(files.log);
    return {
      history,
      release,
      async begin(session) {
        if (history) checkSame(history.session, session.identity, files.log);
        const log = await openLineLog(files.log, history?.end ?? 0);
        await append(log, { kind: "session", form: LOG_FORM, made_with: getRuntimeVersions(), ...session });
        await writeFileAtomic(files.config, [`${JSON.stringify(session.config, null, 2)}\n`]);
        return openStore(files, log, history, release);
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

async function openStore(
  files: RolloutFiles,
  log: LineLog,
  history: RolloutHistory | null,
  release: () => Promise<void>,
): Promise<RolloutStore> {
  const rollouts = new Map(history?.rollouts);
  const stages = new Map(history?.stages);
  let writing: Promise<void> = Promise.resolve();
  const writeMetrics = () => (writing = writing.then(() => writeFileAtomic(files.metrics, [...stages.values()].map(metricsLine))));
  await writeMetrics();
  return {
    files,
    rollouts,
    stages,
    async addRollout(purpose, rollout) {
      await append(log, { kind: "rollout", purpose, rollout: packRollout(rollout) });
      rollouts.set(getEpisodeKey(purpose, rollout), { purpose, rollout });
    },
    async addStage(stage) {
      const entry: StageEntry = { kind: "stage", ...stage };
      await append(log, entry);
      stages.set(getStageKey(entry), entry);
      await writeMetrics();
    },
    async close() {
      await log.close();
      await release();
    },
  };
}

function append(log: LineLog, entry: RolloutLogEntry): Promise<void> {
  return log.append(JSON.stringify(entry));
}

function metricsLine({ batch, metrics }: StageEntry): string {
  return `${JSON.stringify({ step: batch, ...metrics })}\n`;
}

function checkSame({ identity, name }: SessionEntry, now: JsonObject, path: string): void {
  const differences = compareIdentities(identity, now);
  if (differences.length === 0) return;
  throw new Tau2Error(
    "incompatible",
    `${name} was started with something else, and ${path} cannot hold episodes of both:\n${differences.map(({ text }) => `  ${text}`).join("\n")}\n` +
      "To resume it, use what it was started with; or start a new run without --resume-run",
  );
}
