import { createMersenneTwister } from "../run/mersenne-twister.ts";
import { computeClusteredInterval, type Interval, computeStudentT } from "./intervals.ts";
import { type MeasuredRun, type TaskMetrics, computeTaskMetrics } from "./metrics.ts";

/** Up to so many differences all ways to flip their signs are tried. */
const EXACT = 14;
const DRAWS = 20_000;
const SEED = 300n;

/**
 * Computes the probability of a mean of differences at least as far from 0, if each of them could as well have had the other sign: the p-value of the
 * paired permutation test. Exact for few differences, else from 20000 draws, which are the same every time.
 */
export function computeSignFlipPValue(differences: readonly number[]): number {
  const counted = differences.filter((difference) => difference !== 0);
  const seen = Math.abs(sum(counted)) - 1e-12;
  if (counted.length === 0) return 1;
  if (counted.length <= EXACT) {
    const ways = 2 ** counted.length;
    let asFar = 0;
    for (let way = 0; way < ways; way++) {
      if (Math.abs(sum(counted.map((difference, i) => ((way >> i) & 1 ? -difference : difference)))) >= seen) asFar++;
    }
    return asFar / ways;
  }
  const next = createMersenneTwister(SEED);
  let asFar = 1;
  for (let draw = 0; draw < DRAWS; draw++) {
    if (Math.abs(sum(counted.map((difference) => (next() & 1 ? -difference : difference)))) >= seen) asFar++;
  }
  return asFar / (DRAWS + 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** One metric of two runs over the same tasks. */
export interface PairedMetric {
  before: number;
  after: number;
  /** `after - before`. */
  difference: number;
  /**
   * 95 %, by Student's t over the tasks' differences; where all of them are the same, by how many tasks there could be that are otherwise.
   * Null with fewer than two tasks.
   */
  interval: Interval | null;
  /** Probability of a difference at least as large by chance: permutation test over tasks. */
  p_value: number;
}

/** A task whose successes differ between two runs. */
export interface TaskChange {
  task_id: string;
  before: { successes: number; simulations: number };
  after: { successes: number; simulations: number };
  /** Difference of the mean rewards. */
  difference: number;
}

/** Two runs side by side, task by task. */
export interface RunComparison {
  /** Tasks of which both have a graded simulation: all metrics are of these. */
  tasks: number;
  /** Tasks that only one of them has. */
  only_before: string[];
  only_after: string[];
  /** Mean over tasks of the mean reward of their graded simulations. */
  reward: PairedMetric;
  /** By k, as far as every task of both runs has k simulations. */
  pass_hat_ks: Record<string, PairedMetric>;
  /** Tasks that went better in the second run, largest difference first; and those that went worse. */
  better: TaskChange[];
  worse: TaskChange[];
  /**
   * The smallest true difference in reward that two such runs would show, at 5 %, in four of five cases: a smaller one cannot be
   * seen with so few tasks and trials. Null where all tasks differ alike, or there are fewer than two.
   */
  smallest_visible: number | null;
}

/** Compares two runs over the tasks that both have. Each task counts the same, whatever the number of its trials. */
export function compareRuns(before: readonly MeasuredRun[], after: readonly MeasuredRun[]): RunComparison {
  const [first, second] = [indexGradedTasks(before), indexGradedTasks(after)];
  const pairs = [...first].flatMap(([id, task]) => {
    const other = second.get(id);
    return other ? [{ before: task, after: other }] : [];
  });
  const rewards = pairs.map((pair) => ({ before: computeMean(pair.before.rewards), after: computeMean(pair.after.rewards) }));
  const changes = pairs.map(computeChange).filter(({ difference }) => difference !== 0);
  const most = Math.min(...pairs.flatMap((pair) => [pair.before.simulations, pair.after.simulations]));
  const ks = pairs.length === 0 ? [] : Array.from({ length: most }, (_, i) => String(i + 1));
  const pairPassHatK = (k: string) => pairs.map((pair) => ({ before: pair.before.pass_hat_ks[k]!, after: pair.after.pass_hat_ks[k]! }));
  return {
    tasks: pairs.length,
    only_before: [...first.keys()].filter((id) => !second.has(id)),
    only_after: [...second.keys()].filter((id) => !first.has(id)),
    reward: computePairedMetric(rewards),
    pass_hat_ks: Object.fromEntries(ks.map((k) => [k, computePairedMetric(pairPassHatK(k))])),
    better: changes.filter(({ difference }) => difference > 0).toSorted((a, b) => b.difference - a.difference),
    worse: changes.filter(({ difference }) => difference < 0).toSorted((a, b) => a.difference - b.difference),
    smallest_visible: computeSmallestVisible(rewards),
  };
}

type Pair = Pick<PairedMetric, "before" | "after">;

function indexGradedTasks(simulations: readonly MeasuredRun[]): Map<string, TaskMetrics> {
  const tasks = computeTaskMetrics(simulations).filter(({ rewards }) => rewards.length > 0);
  return new Map(tasks.map((task) => [task.task_id, task]));
}

function computePairedMetric(pairs: readonly Pair[]): PairedMetric {
  const differences = pairs.map(({ before, after }) => after - before);
  const difference = computeMean(differences);
  return {
    before: computeMean(pairs.map(({ before }) => before)),
    after: computeMean(pairs.map(({ after }) => after)),
    difference,
    interval: pairs.length < 2 ? null : computeInterval(differences, difference),
    p_value: computeSignFlipPValue(differences),
  };
}

function computeInterval(differences: readonly number[], difference: number): Interval {
  const half = computeStudentT("0.975", differences.length - 1) * computeStandardError(differences);
  if (half > 0) return { low: Math.max(-1, difference - half), high: Math.min(1, difference + half) };
  const alike = computeClusteredInterval(differences.map(() => [1]))!.low;
  if (difference === 0) return { low: alike - 1, high: 1 - alike };
  return difference > 0 ? { low: difference * alike, high: difference } : { low: difference, high: difference * alike };
}

function computeSmallestVisible(pairs: readonly Pair[]): number | null {
  if (pairs.length < 2) return null;
  const error = computeStandardError(pairs.map(({ before, after }) => after - before));
  const freedom = pairs.length - 1;
  return error === 0 ? null : Math.min(1, (computeStudentT("0.975", freedom) + computeStudentT("0.8", freedom)) * error);
}

function computeChange({ before, after }: { before: TaskMetrics; after: TaskMetrics }): TaskChange {
  const pickCounts = ({ successes, simulations }: TaskMetrics) => ({ successes, simulations });
  return {
    task_id: before.task_id,
    before: pickCounts(before),
    after: pickCounts(after),
    difference: computeMean(after.rewards) - computeMean(before.rewards),
  };
}

function computeStandardError(values: readonly number[]): number {
  const middle = computeMean(values);
  const squares = sum(values.map((value) => (value - middle) ** 2));
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

function computeMean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}
