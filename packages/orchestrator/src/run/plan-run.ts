import { Tau2Error, type Task } from "@tau2/domains";
import { deriveTrialSeeds } from "./trial-seeds.ts";

/** One simulation to run: a task, played for the n-th time. */
export interface SimulationSpec {
  readonly task: Task;
  /** Counted from 0. */
  readonly trial: number;
  /** The same for all tasks of a trial. */
  readonly seed: number;
}

/** What a run consists of. */
export interface RunPlan {
  tasks: readonly Task[];
  /** How often each task is played. */
  trials: number;
  /** The run's seed, from which those of the trials follow; null for others every time. */
  seed: number | bigint | null;
}

/**
 * The simulations of a run in the order in which they are started: all tasks once, then all tasks again (spec core 9.2).
 * @throws Tau2Error `invalid` when there is nothing to run
 */
export function planRun({ tasks, trials, seed }: RunPlan): SimulationSpec[] {
  if (tasks.length === 0) throw new Tau2Error("invalid", "No tasks to run");
  if (!Number.isInteger(trials) || trials <= 0) {
    throw new Tau2Error("invalid", `Number of trials must be greater than 0, and a whole number: got ${trials}`);
  }
  return deriveTrialSeeds(seed, trials).flatMap((trialSeed, trial) => tasks.map((task) => ({ task, trial, seed: trialSeed })));
}
