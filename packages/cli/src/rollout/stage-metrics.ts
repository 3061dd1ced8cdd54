import type { Rollout, RolloutMetrics } from "@tau2/gym/training";
import { getMetricsPrefix, groupByTask, computeRolloutMetrics, type ReturnOptions } from "@tau2/gym/internal";

/** The figures of rollouts of one list by the original's names, try by try, and how many came to nothing. */
export function stageMetrics(rollouts: readonly Rollout[], split: Rollout["split"], returns: ReturnOptions): RolloutMetrics {
  const groups = groupByTask(rollouts, returns);
  const tries = [...new Set(groups.map(({ try_step }) => try_step))];
  const figures = tries.map((tryStep) => {
    const trajectories = groups.filter(({ try_step }) => try_step === tryStep).flatMap(({ group }) => group.trajectories);
    const prefix = getMetricsPrefix(split, tryStep);
    const errors = rollouts.filter(({ try_step, final_reward }) => try_step === tryStep && final_reward === null).length;
    return { ...computeRolloutMetrics(trajectories, prefix), [`${prefix}errors`]: errors };
  });
  return Object.assign({}, ...figures) as RolloutMetrics;
}
