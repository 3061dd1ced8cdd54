import type { RunInfo } from "../results/results.ts";
import { computeClusteredInterval, type Interval } from "./clustered-interval.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { computeTaskMetrics } from "./task-figures.ts";

/** 95 % intervals of a run's figures, clustered by task; null where there are too few tasks to tell. */
export interface MetricIntervals {
  avg_reward: Interval | null;
  /** By k, as in `Metrics`. */
  pass_hat_ks: Record<string, Interval | null>;
}

/** How far a run's average reward and pass^k could be from what more tasks of the kind would show. Of the same simulations as the figures. */
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
