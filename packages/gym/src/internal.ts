/**
 * Parts that only the packages of tau2 use. They may change in any release, also in a patch.
 * @module
 */
export { formatCall } from "./action/action.ts";
export { isTestRollout } from "./export/exported-run.ts";
export { computeRolloutMetrics, getMetricsPrefix } from "./rollout/group-rollouts.ts";
export { createEpisodeStep, getRolloutId, type RolloutKey } from "./rollout/rollout-record.ts";
export type { PackedRollout } from "./rollout/store/pack-rollout.ts";
export {
  getRolloutFiles,
  readRolloutHistory,
  type RolloutFiles,
  type RolloutHistory,
  type RolloutLogEntry,
  type RolloutSessionEntry,
  type StoredRollout,
} from "./rollout/store/rollout-log.ts";
export { groupByTask, returnDefaults, type ReturnOptions } from "./rollout/trajectory.ts";
export { tau2BenchKeywords } from "./training/config.ts";
export { parseObservation, type ContextMessage, type NewMessage } from "./training/messages.ts";
export { getTaskLists, type TaskListOptions } from "./training/task-lists.ts";
export type { TrainingEnv } from "./training/training-env.ts";
