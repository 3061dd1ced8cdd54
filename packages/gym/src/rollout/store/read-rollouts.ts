import { statSync } from "node:fs";
import { Tau2Error, type JsonObject } from "@tau2/domains";
import type { ExportedRun } from "../../export/exported-run.ts";
import type { Rollout } from "../rollout-record.ts";
import { getRolloutFiles, readRolloutHistory, type RolloutHistory, type RolloutStage, type StoredRollout } from "./rollout-log.ts";

/** Stored rollouts of a run, as far as it went. */
export interface StoredRollouts {
  /** Episodes of the batches, in the order of batch, try, task and attempt. Of an episode that was played again, the latest. */
  rollouts: readonly Rollout[];
  /** Episodes of the evaluations, in the same order. */
  evaluations: readonly Rollout[];
  /** Completed batches and evaluations with their metrics, in the order in which they were completed first. */
  stages: readonly RolloutStage[];
  /** Description of the run for exports of `rollouts`. */
  run: ExportedRun;
  /** Description of the run for exports of `evaluations`. Equal to `run` if evaluations do not have an environment of their own. */
  evaluationRun: ExportedRun;
  /** The log. */
  file: string;
  /** Settings that the episodes depend on. */
  identity: JsonObject;
  /** All options of the program that ran, with where each comes from. */
  config: JsonObject;
  /** Options that the program was started with. */
  given: JsonObject;
}

/**
 * Reads the rollouts of a run by its folder or its log, also while it is running. Ignores a last line that a crash cut off.
 *
 * @example
 * ```ts no-run
 * import { readRollouts, writeSft } from "@tau2/gym/training";
 *
 * const { run, rollouts } = await readRollouts("logs/first");
 * await writeSft("logs/first/sft.jsonl", run, rollouts, { minReward: 1 });
 * ```
 *
 * @throws Tau2Error `not_found` if rollouts are missing, `invalid` if the file is not a log of rollouts, `unsupported` for a log of a newer
 * version of tau2
 */
export async function readRollouts(path: string): Promise<StoredRollouts> {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const file = isFile ? path : getRolloutFiles(path).log;
  const history = await readRolloutHistory(file);
  if (!history) throw new Tau2Error("not_found", `no rollouts at ${file}: the log does not exist, or does not have a complete line`);
  return toStoredRollouts(file, history);
}

/** Converts the content of a log. */
export function toStoredRollouts(file: string, { session, rollouts, stages }: RolloutHistory): StoredRollouts {
  const { runs, identity, config, given } = session;
  const stored = [...rollouts.values()];
  return {
    rollouts: selectRollouts(stored, "batch"),
    evaluations: selectRollouts(stored, "evaluation"),
    stages: [...stages.values()],
    run: runs.batch,
    evaluationRun: runs.evaluation ?? runs.batch,
    file,
    identity,
    config,
    given,
  };
}

function selectRollouts(stored: readonly StoredRollout[], purpose: StoredRollout["purpose"]): Rollout[] {
  const rollouts = stored.filter((each) => each.purpose === purpose).map(({ rollout }) => rollout);
  return rollouts.toSorted(
    (a, b) => a.batch_id - b.batch_id || a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id,
  );
}
