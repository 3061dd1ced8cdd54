import { Tau2Error, type Task } from "@tau2/domains";
import { mersenneTwister } from "./mersenne-twister.ts";

const LARGEST = 1_000_000;

/**
 * The seed of each trial, 0 to 1000000, derived from a run's seed as the reference does it (docs/spec/core.md#9-2): all tasks of a trial share it.
 * @param seed any integer; a bigint where a number would not be exact; null for other seeds every time
 * @throws Tau2Error `invalid` when the seed is not an integer
 */
export function deriveTrialSeeds(seed: number | bigint | null, trials: number): number[] {
  const next = mersenneTwister(seed === null ? entropy() : integer(seed));
  return Array.from({ length: trials }, () => {
    // 20 bits hold the range; what is above it is drawn again.
    for (;;) {
      const drawn = next() >>> 12;
      if (drawn <= LARGEST) return drawn;
    }
  });
}

function integer(seed: number | bigint): bigint {
  if (typeof seed === "number" && !Number.isSafeInteger(seed)) {
    throw new Tau2Error("invalid", `seed ${seed} must be an integer; one beyond 2^53 must be a bigint`);
  }
  return BigInt(seed);
}

function entropy(): bigint {
  return crypto.getRandomValues(new BigUint64Array(2)).reduce((sum, word) => (sum << 64n) | word, 0n);
}

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
 * The simulations of a run in the order in which they are started: all tasks once, then all tasks again (docs/spec/core.md#9-2).
 * @throws Tau2Error `invalid` when there is nothing to run
 */
export function planRun({ tasks, trials, seed }: RunPlan): SimulationSpec[] {
  if (tasks.length === 0) throw new Tau2Error("invalid", "No tasks to run");
  if (!Number.isInteger(trials) || trials <= 0) {
    throw new Tau2Error("invalid", `Number of trials must be greater than 0, and a whole number: got ${trials}`);
  }
  return deriveTrialSeeds(seed, trials).flatMap((trialSeed, trial) => tasks.map((task) => ({ task, trial, seed: trialSeed })));
}
