/**
 * Metrics of results: rewards, pass^k, intervals, coverage, and comparisons of runs.
 * @module
 */
export { computeClusteredInterval, type Interval, computeMetricIntervals, type MetricIntervals } from "./intervals.ts";
export { compareRuns, type PairedMetric, type RunComparison, type TaskChange } from "./compare-runs.ts";
export { computeCoverage, type Coverage } from "./coverage.ts";
export {
  computeMetrics,
  type Metrics,
  computePartialScores,
  type ActionScore,
  type PartialScores,
  isSuccess,
  passHatK,
  passHatKs,
  type Attempts,
  type ReviewMetrics,
  computeTaskMetrics,
  type TaskMetrics,
} from "./metrics.ts";
