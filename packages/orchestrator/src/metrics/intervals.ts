import type { RunInfo } from "../results/results.ts";
import { type MeasuredRun, computeTaskMetrics } from "./metrics.ts";

/** Quantiles of the normal distribution that intervals and tests need. */
const normal = { "0.975": 1.959963984540054, "0.8": 0.8416212335729143 } as const;

/** A chance of which {@link computeStudentT} knows the quantile. */
export type Chance = keyof typeof normal;

/**
 * Computes a quantile of Student's t distribution: what a value stays under with the given chance. Exact for one and two degrees of freedom, by
 * Abramowitz and Stegun 26.7.5 for more, which is off by less than 0.005.
 */
export function computeStudentT(chance: Chance, degreesOfFreedom: number): number {
  const p = Number(chance);
  const z = normal[chance];
  const n = degreesOfFreedom;
  if (n === 1) return Math.tan(Math.PI * (p - 0.5));
  if (n === 2) return (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((total, term, i) => total + term / n ** (i + 1), z);
}

/** Range of a metric with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Computes a 95 % interval for the mean of values in [0, 1] that come in clusters: rewards of the trials of tasks, where the tasks represent all the
 * tasks that there might be. Trials of a task are alike, so they tell less than as many tasks would.
 *
 * Wilson's score interval, with the number of values that independent ones with the same standard error would be in place of the number of
 * values, and with Student's t for that many clusters. Where everything succeeds, or nothing does, it is the number of clusters.
 * @param clusters values by task; empty ones are passed over
 * @param most the number that the effective one never exceeds; by default the number of values
 * @returns null with fewer than two clusters: nothing is known of what lies between tasks then
 */
export function computeClusteredInterval(clusters: readonly (readonly number[])[], most?: number): Interval | null {
  const filled = clusters.filter((values) => values.length > 0);
  if (filled.length < 2) return null;
  const count = filled.reduce((all, values) => all + values.length, 0);
  const mean = filled.reduce((all, values) => all + sum(values), 0) / count;
  const spread = filled.reduce((all, values) => all + (sum(values) - mean * values.length) ** 2, 0);
  const variance = ((filled.length / (filled.length - 1)) * spread) / count ** 2;
  const isMixed = mean > 0 && mean < 1;
  const likeIndependent = isMixed ? (mean * (1 - mean)) / variance : filled.length;
  return computeWilsonInterval(mean, Math.min(likeIndependent, most ?? count), computeStudentT("0.975", filled.length - 1));
}

function computeWilsonInterval(mean: number, n: number, t: number): Interval {
  const middle = mean + t ** 2 / (2 * n);
  const half = t * Math.sqrt((mean * (1 - mean)) / n + t ** 2 / (4 * n ** 2));
  const whole = 1 + t ** 2 / n;
  return { low: Math.min(mean, (middle - half) / whole), high: Math.max(mean, (middle + half) / whole) };
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

/** 95 % intervals of a run's metrics, clustered by task; null for too few tasks. */
export interface MetricIntervals {
  avg_reward: Interval | null;
  /** By k, as in `Metrics`. */
  pass_hat_ks: Record<string, Interval | null>;
}

/** Computes the uncertainty of a run's average reward and pass^k with respect to more tasks of the kind, over the same simulations as the metrics. */
export function computeMetricIntervals(simulations: readonly MeasuredRun[], info: Pick<RunInfo, "num_trials">): MetricIntervals {
  const tasks = computeTaskMetrics(simulations);
  const most = Math.min(info.num_trials, ...tasks.map((task) => task.simulations));
  const ks = tasks.length === 0 ? [] : Array.from({ length: most }, (_, i) => String(i + 1));
  return {
    avg_reward: computeClusteredInterval(tasks.map(({ rewards }) => rewards)),
    pass_hat_ks: Object.fromEntries(
      ks.map((k) => [
        k,
        computeClusteredInterval(
          tasks.map(({ pass_hat_ks }) => [pass_hat_ks[k] ?? 0]),
          simulations.length,
        ),
      ]),
    ),
  };
}
