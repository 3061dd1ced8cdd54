/**
 * Metrics of results: rewards, pass^k, intervals, coverage, and comparisons of runs.
 * @module
 */
export { computeMetricIntervals } from "./intervals.ts";
export { compareRuns } from "./compare-runs.ts";
export { computeCoverage } from "./coverage.ts";
export { computeMetrics, type Metrics, computePartialScores, passHatK, computeTaskMetrics } from "./metrics.ts";
