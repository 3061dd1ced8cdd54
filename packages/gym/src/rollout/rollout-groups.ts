import type { Rollout } from "./rollout-record.ts";
import { createRolloutTrajectory, type RolloutTrajectory } from "./trajectory.ts";
import { groupTrajectories, type TrajectoryGroup } from "./trajectory-group.ts";

/** How returns and advantages are made. */
export interface ReturnOptions {
  /** By default 0.9. */
  discountFactor?: number | undefined;
  /** Whether advantages are centred on the group's mean. By default false: they are the returns. */
  meanCenter?: boolean | undefined;
}

/** The attempts at one task in one try. */
export interface TaskGroup {
  try_step: number;
  sample_id: number;
  task_id: string;
  /** The attempts that have a reward, in their order. */
  group: TrajectoryGroup;
  /** The attempts that have none: they take no part in the group, as if they had not been made. */
  failures: readonly Rollout[];
}

/** Rollouts by try and task, in the order of these and of their generations. */
export function rolloutGroups(rollouts: readonly Rollout[], options: ReturnOptions = {}): TaskGroup[] {
  const { discountFactor = 0.9, meanCenter = false } = options;
  const byTask = new Map<string, Rollout[]>();
  for (const rollout of rollouts.toSorted(inOrder)) {
    const id = `${rollout.try_step}/${rollout.sample_id}`;
    byTask.set(id, [...(byTask.get(id) ?? []), rollout]);
  }
  return [...byTask.values()].map((attempts) => {
    const { try_step, sample_id, task_id } = attempts[0]!;
    const trajectories = attempts
      .filter(({ final_reward }) => final_reward !== null)
      .map((rollout) => trajectoryOf(rollout, discountFactor));
    const group = groupTrajectories(trajectories, { mean_center: meanCenter, discount_factor: discountFactor });
    return { try_step, sample_id, task_id, group, failures: attempts.filter(({ final_reward }) => final_reward === null) };
  });
}

function trajectoryOf({ episode_steps, final_reward, try_step }: Rollout, discount_factor: number): RolloutTrajectory {
  return createRolloutTrajectory({ episode_steps, try_step, discount_factor, final_reward: final_reward! });
}

function inOrder(a: Rollout, b: Rollout): number {
  return a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id;
}
