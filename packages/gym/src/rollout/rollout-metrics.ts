import type { RolloutTrajectory } from "./trajectory.ts";

/** Figures by name, in the order in which they are reported. */
export type RolloutMetrics = Record<string, number>;

const figures: Record<string, (trajectory: RolloutTrajectory) => number> = {
  final_reward: ({ final_reward }) => final_reward,
  first_return: ({ first_return }) => first_return,
  action_prob: ({ action_prob }) => action_prob,
  last_state_len: ({ last_state_len }) => last_state_len,
  timesteps: ({ episode_steps }) => episode_steps.length,
  correct: ({ correct }) => Number(correct),
  total: () => 1,
};

/**
 * Figures of the trajectories of one try, all tasks together (docs/spec/act-prm.md#13): of each the mean (of `correct` and `total` the sum), the
 * population's standard deviation and the maximum; last the accuracy. Unlike in the original, where `timesteps` is always 1, it is the number of
 * steps. Empty without trajectories.
 * @param prefix such as `train/try_0/`
 */
export function rolloutMetrics(trajectories: readonly RolloutTrajectory[], prefix: string): RolloutMetrics {
  const metrics: RolloutMetrics = {};
  if (trajectories.length === 0) return metrics;
  for (const [name, figure] of Object.entries(figures)) {
    const values = trajectories.map(figure);
    const sum = total(values);
    const mean = sum / values.length;
    metrics[`${prefix}${name}`] = name === "correct" || name === "total" ? sum : mean;
    metrics[`${prefix}${name}_std`] = Math.sqrt(total(values.map((value) => (value - mean) ** 2)) / values.length);
    metrics[`${prefix}${name}_max`] = values.reduce((a, b) => Math.max(a, b));
  }
  metrics[`${prefix}accuracy`] = metrics[`${prefix}correct`]! / metrics[`${prefix}total`]!;
  return metrics;
}

/** The prefix under which the figures of a try are reported. */
export function metricsPrefix(split: string, tryIndex: number, checkpointName: string | null = null): string {
  return `${checkpointName === null ? "" : `${checkpointName}_`}${split}/try_${tryIndex}/`;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
