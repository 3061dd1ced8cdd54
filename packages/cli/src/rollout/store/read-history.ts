import { existsSync } from "node:fs";
import { Tau2Error } from "@tau2/domains";
import type { Rollout } from "@tau2/gym/training";
import { getRolloutId } from "@tau2/gym/internal";
import { readCompleteLines } from "@tau2/orchestrator/internal";
import { parseEntry, type Purpose, type SessionEntry, type StageEntry, unpackRollout } from "./entries.ts";

/** Content of a log. */
export interface RolloutHistory {
  /** Of the latest process that worked on the run. */
  readonly session: SessionEntry;
  /** The latest rollout of each episode. */
  readonly rollouts: ReadonlyMap<string, StoredRollout>;
  /** By stage and batch, in the order in which they were done first. */
  readonly stages: ReadonlyMap<string, StageEntry>;
  /** Numbers of lines that could not be read. */
  readonly damaged: readonly number[];
  /** Bytes of the log that are whole lines. */
  readonly end: number;
}

/** A rollout with what it was played for. */
export interface StoredRollout {
  readonly purpose: Purpose;
  readonly rollout: Rollout;
}

/** Returns the key of an episode in a run: a trainer's evaluations play the same ones again before other batches. */
export function getEpisodeKey(purpose: Purpose, rollout: Rollout): string {
  return `${purpose} ${rollout.batch_id} ${getRolloutId(rollout)}`;
}

/** Returns the key of a stage. */
export function getStageKey({ stage, batch }: Pick<StageEntry, "stage" | "batch">): string {
  return `${stage} ${batch}`;
}

/**
 * Reads a log. A line torn by a crash, and any other that holds nothing, is passed over.
 * @returns null if the log does not exist or ends before its first complete line
 * @throws Tau2Error `invalid` when it does not begin as logs do, `unsupported` for a newer form
 */
export async function readHistory(path: string): Promise<RolloutHistory | null> {
  if (!existsSync(path)) return null;
  const rollouts = new Map<string, StoredRollout>();
  const stages = new Map<string, StageEntry>();
  const damaged: number[] = [];
  const shared = new Map<string, unknown>();
  let session: SessionEntry | null = null;
  let end = 0;
  for await (const line of readCompleteLines(path)) {
    ({ end } = line);
    const entry = parseEntry(line.text);
    if (!entry) damaged.push(line.number);
    else if (entry.kind === "session") session = entry;
    else if (entry.kind === "stage") stages.set(getStageKey(entry), entry);
    else {
      const { purpose } = entry;
      const rollout = unpackRollout(entry.rollout, shared);
      rollouts.set(getEpisodeKey(purpose, rollout), { purpose, rollout });
    }
  }
  if (session) return { session, rollouts, stages, damaged, end };
  if (damaged.length === 0 && rollouts.size === 0 && stages.size === 0) return null;
  throw new Tau2Error("invalid", `${path} is not a log of rollouts: its first line does not describe a run`);
}
