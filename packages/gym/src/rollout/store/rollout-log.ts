import { join } from "node:path";
import { Tau2Error, type JsonObject } from "@tau2/domains";
import { isRecord, redactSettings } from "@tau2/domains/internal";
import { readLog, type ReadLog, type RuntimeVersions } from "@tau2/orchestrator/internal";
import type { ExportedRun } from "../../export/exported-run.ts";
import type { RolloutMetrics } from "../group-rollouts.ts";
import { getRolloutId, type Rollout } from "../rollout-record.ts";
import { unpackRollout, type PackedRollout } from "./pack-rollout.ts";

/** Version of the log; goes up when a reader of the old version could not read the new one. */
export const ROLLOUT_LOG_VERSION = 1;

/** A process began to work on the run. */
export interface RolloutSessionEntry {
  kind: "session";
  form: typeof ROLLOUT_LOG_VERSION;
  made_with: RuntimeVersions;
  /** Local time as in messages. */
  at: string;
  name: string;
  /** Options that the program was started with, for it to continue the run. */
  given: JsonObject;
  /** All options, with where each comes from. */
  config: JsonObject;
  /** Settings that the episodes depend on. */
  identity: JsonObject;
  /** Metadata for exports, by purpose. */
  runs: { batch: ExportedRun; evaluation: ExportedRun | null };
}

/** A completed batch or evaluation, or the end of the run. */
export interface RolloutStage {
  /** `batch`: played, and learnt from if there is a trainer. `evaluation`: played before that batch. `end`: of the run. */
  stage: "batch" | "evaluation" | "end";
  batch: number;
  metrics: RolloutMetrics;
  /** Model of the policy from here on, if a trainer changed it. */
  policy: { model_name?: string | undefined; base_url?: string | undefined } | null;
}

/** One line of a log of rollouts. */
export type RolloutLogEntry =
  | RolloutSessionEntry
  | { kind: "rollout"; purpose: StoredRollout["purpose"]; rollout: PackedRollout }
  | ({ kind: "stage" } & RolloutStage);

/** The files of a run, in its folder. */
export interface RolloutFiles {
  /** Log of events, line by line: everything else can be made from it. */
  readonly log: string;
  /** Metrics of each batch and evaluation, one JSON object a line. */
  readonly metrics: string;
  /** All options with where each comes from. */
  readonly config: string;
  /** There while a process works on the run. */
  readonly lock: string;
}

/** Returns the paths of a run's files. */
export function getRolloutFiles(folder: string): RolloutFiles {
  return {
    log: join(folder, "rollouts.jsonl"),
    metrics: join(folder, "metrics.jsonl"),
    config: join(folder, "config.json"),
    lock: join(folder, "run.lock"),
  };
}

/** An episode in a store, with its purpose. */
export interface StoredRollout {
  /** A batch, or an evaluation, which may have an environment of its own. */
  readonly purpose: "batch" | "evaluation";
  readonly rollout: Rollout;
}

/** Content of a log. */
export interface RolloutHistory extends ReadLog {
  /** Entry of the latest process that worked on the run. */
  readonly session: RolloutSessionEntry;
  /** The latest rollout of each episode, by {@link getEpisodeKey}, in the order in which the episodes were stored first. */
  readonly rollouts: ReadonlyMap<string, StoredRollout>;
  /** By {@link getStageKey}, in the order in which they were completed first. */
  readonly stages: ReadonlyMap<string, RolloutStage>;
}

/** Returns the key of an episode in a run. A trainer's evaluations play the same episodes again before later batches. */
export function getEpisodeKey({ purpose, rollout }: StoredRollout): string {
  return `${purpose} ${rollout.batch_id} ${getRolloutId(rollout)}`;
}

/** Returns the key of a stage. */
export function getStageKey({ stage, batch }: Pick<RolloutStage, "stage" | "batch">): string {
  return `${stage} ${batch}`;
}

/**
 * Reads a log of rollouts.
 * @returns null if the log does not exist or ends before its first complete line
 * @throws Tau2Error `invalid` if the file is not such a log, `unsupported` for a newer version
 */
export async function readRolloutHistory(path: string): Promise<RolloutHistory | null> {
  const rollouts = new Map<string, StoredRollout>();
  const stages = new Map<string, RolloutStage>();
  const shared = new Map<string, unknown>();
  const sessions: RolloutSessionEntry[] = [];
  const read = await readLog(path, {
    version: ROLLOUT_LOG_VERSION,
    parse: parseEntry,
    add(entry) {
      if (entry.kind === "session") sessions.push(entry);
      else if (entry.kind === "rollout") {
        const stored = { purpose: entry.purpose, rollout: unpackRollout(entry.rollout, shared) };
        rollouts.set(getEpisodeKey(stored), stored);
      } else {
        const { kind: _, ...stage } = entry;
        stages.set(getStageKey(stage), stage);
      }
    },
  });
  if (!read) return null;
  const session = sessions.at(-1);
  if (!session) throw new Tau2Error("invalid", `${path} is not a log of rollouts: its first line does not describe a run`);
  return { ...read, session, rollouts, stages };
}

function parseEntry(content: Record<string, unknown>): RolloutLogEntry | null {
  const { kind, runs, rollout, metrics } = content;
  const isEntry =
    (kind === "session" && isRecord(runs)) || (kind === "rollout" && isRecord(rollout)) || (kind === "stage" && isRecord(metrics));
  if (!isEntry) return null;
  const entry = content as unknown as RolloutLogEntry;
  return entry.kind === "session" ? withoutSecrets(entry) : entry;
}

/** Removes the keys that a log of an earlier version may hold. */
function withoutSecrets({ given, config, identity, runs, ...entry }: RolloutSessionEntry): RolloutSessionEntry {
  const clean = (run: ExportedRun): ExportedRun => {
    const { base_url, sampling_args, env_args, info } = run;
    return { ...run, ...redactSettings({ base_url, sampling_args, env_args, info }) };
  };
  return {
    ...entry,
    given: redactSettings(given),
    config: redactSettings(config),
    identity: redactSettings(identity),
    runs: { batch: clean(runs.batch), evaluation: runs.evaluation && clean(runs.evaluation) },
  };
}
