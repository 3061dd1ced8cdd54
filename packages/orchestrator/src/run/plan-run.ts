import { Tau2Error, type Task } from "@tau2/domains";
import { createMersenneTwister } from "./mersenne-twister.ts";

/** A simulation to run: one task in one trial. */
export interface SimulationSpec {
  readonly task: Task;
  /** Counted from 0. */
  readonly trial: number;
  /** Seed of the trial, shared by all of its tasks. */
  readonly seed: number;
}

/** Tasks, trials and seed of a run. */
export interface RunPlan {
  tasks: readonly Task[];
  /** Number of times that each task is run. */
  trials: number;
  /** Seed from which those of the trials are derived; null draws new ones every time. */
  seed: number | bigint | null;
}

/**
 * Lists the simulations of a run in the order of their start: all tasks of the first trial, then those of the next (docs/spec/core.md#9-2).
 * @throws Tau2Error `invalid` without tasks or trials
 */
export function planRun({ tasks, trials, seed }: RunPlan): SimulationSpec[] {
  if (tasks.length === 0) throw new Tau2Error("invalid", "No tasks to run");
  if (!Number.isInteger(trials) || trials <= 0) {
    throw new Tau2Error("invalid", `Number of trials must be greater than 0, and a whole number: got ${trials}`);
  }
  return deriveTrialSeeds(seed, trials).flatMap((trialSeed, trial) => tasks.map((task) => ({ task, trial, seed: trialSeed })));
}

const LARGEST_SEED = 1_000_000;

/**
 * Derives the seed of each trial, from 0 to 1,000,000, from a run's seed as tau2-bench does (docs/spec/core.md#9-2).
 * @param seed any integer, as a bigint beyond 2^53; null for random seeds
 * @throws Tau2Error `invalid` for a seed that is not an integer
 */
export function deriveTrialSeeds(seed: number | bigint | null, trials: number): number[] {
  const next = createMersenneTwister(seed === null ? drawSeed() : toInteger(seed));
  return Array.from({ length: trials }, () => {
    // The range needs 20 bits; Python draws again if they exceed it.
    for (;;) {
      const drawn = next() >>> 12;
      if (drawn <= LARGEST_SEED) return drawn;
    }
  });
}

function toInteger(seed: number | bigint): bigint {
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new Tau2Error("invalid", `seed ${seed} must be an integer; one beyond 2^53 must be a bigint`);
  }
  return BigInt(seed);
}

function drawSeed(): bigint {
  return crypto.getRandomValues(new BigUint64Array(2)).reduce((sum, word) => (sum << 64n) | word, 0n);
}
