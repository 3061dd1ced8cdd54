import { Tau2Error } from "@tau2/domains";
import { isRecord } from "@tau2/domains/internal";
import { readResults, writeResults, type Results, type SimulationRun } from "@tau2/orchestrator/results";
import { createPlaceholder, holdsResults } from "@tau2/orchestrator/internal";
import type { Rollout } from "../rollout/rollout-record.ts";
import { isTestRollout, type ExportedRun } from "./exported-run.ts";

/**
 * Converts rollouts to results of tau2-bench. Attempts are trials.
 * An episode that the limit of turns truncated ends with `max_steps`, one that a fault ended with `infrastructure_error`.
 * `info.tau2.rollout` holds the place of a rollout in its run, and its split.
 */
export function toRolloutResults(run: ExportedRun, rollouts: readonly Rollout[]): Results {
  const played = new Set(rollouts.map(({ task_id }) => task_id));
  const trials = new Map<string, number>();
  const simulations = rollouts.map((rollout) => {
    const trial = trials.get(rollout.task_id) ?? 0;
    trials.set(rollout.task_id, trial + 1);
    return toSimulationRun(run, rollout, trial);
  });
  return {
    timestamp: run.started,
    info: { ...run.info, num_trials: Math.max(1, ...trials.values()) },
    tasks: run.tasks.filter(({ id }) => played.has(id)),
    simulations: simulations.toSorted((a, b) => (a.trial ?? 0) - (b.trial ?? 0)),
    simulation_index: null,
  };
}

/**
 * Writes rollouts as a results file of tau2-bench, and reads it back.
 * @throws Tau2Error `storage` if the file differs from the results
 */
export async function writeRolloutResults(path: string, run: ExportedRun, rollouts: readonly Rollout[]): Promise<Results> {
  await writeResults(path, toRolloutResults(run, rollouts));
  const read = readResults(path);
  if (!(await holdsResults(path, read))) {
    throw new Tau2Error("storage", `${path} differs from the results after the write`);
  }
  return read;
}

function toSimulationRun(run: ExportedRun, rollout: Rollout, trial: number): SimulationRun {
  const { split, sample_id, generation_id, try_step, batch_id, policy, final_reward } = rollout;
  const simulation = rollout.simulation ?? createInterruptedRun(rollout);
  const ours = simulation.info?.["tau2"];
  const place = {
    split,
    is_test_task: isTestRollout(run, rollout),
    sample_id,
    generation_id,
    try_step,
    batch_id,
    policy,
    reward: final_reward,
  };
  const tau2 = { ...(isRecord(ours) ? ours : {}), rollout: place };
  return { ...simulation, trial, info: { ...simulation.info, tau2 } };
}

/** Creates the record of an interrupted episode, like tau2-bench. */
function createInterruptedRun({ task_id, error, seconds }: Rollout): SimulationRun {
  const { message = "", class: class_ = "infrastructure", role = "environment" } = error ?? {};
  return createPlaceholder({ task_id, trial: null, seed: null }, { error: message, class: class_, role }, seconds);
}
