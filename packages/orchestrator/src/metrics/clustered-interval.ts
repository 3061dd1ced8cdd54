import { studentT } from "./student-t.ts";

/** Where a figure lies with 95 % confidence. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * A 95 % interval for the mean of values in [0, 1] that come in clusters: rewards of the trials of tasks, where the tasks stand for all the
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
  const count = filled.reduce((sum, values) => sum + values.length, 0);
  const mean = filled.reduce((sum, values) => sum + total(values), 0) / count;
  const spread = filled.reduce((sum, values) => sum + (total(values) - mean * values.length) ** 2, 0);
  const variance = ((filled.length / (filled.length - 1)) * spread) / count ** 2;
  const isMixed = mean > 0 && mean < 1;
  const likeIndependent = isMixed ? (mean * (1 - mean)) / variance : filled.length;
  return wilson(mean, Math.min(likeIndependent, most ?? count), studentT("0.975", filled.length - 1));
}

function wilson(mean: number, n: number, t: number): Interval {
  const middle = mean + t ** 2 / (2 * n);
  const half = t * Math.sqrt((mean * (1 - mean)) / n + t ** 2 / (4 * n ** 2));
  const whole = 1 + t ** 2 / n;
  return { low: Math.min(mean, (middle - half) / whole), high: Math.max(mean, (middle + half) / whole) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
