/**
 * Parts that only the packages of tau2 use. They may change in any release, also in a patch.
 * @module
 */
export { formatCall, type ActionMessage, formatCalls, parseAction } from "./action/action.ts";
export { isTestRollout, type ExportedRun } from "./export/exported-run.ts";
export {
  computeRolloutMetrics,
  getMetricsPrefix,
  type GroupRolloutOutcome,
  type RolloutMetrics,
  type RolloutEvent,
  type RolloutTotals,
} from "./rollout/group-rollouts.ts";
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
  type RolloutStage,
} from "./rollout/store/rollout-log.ts";
export {
  groupByTask,
  type ReturnOptions,
  type RolloutTrajectory,
  type TrajectoryGroup,
  keepTopK,
  type TaskGroup,
} from "./rollout/trajectory.ts";
export { tau2BenchKeywords, type Tau2BenchConfig } from "./training/config.ts";
export {
  parseObservation,
  type ContextMessage,
  type NewMessage,
  type FlatTool,
  type ActionFromLLM,
  type ActionInput,
} from "./training/messages.ts";
export { getTaskLists, type TaskListOptions } from "./training/task-lists.ts";
export type { TrainingEnv } from "./training/training-env.ts";
export type { BaseEnv, ResetOptions, StepOptions } from "./env/base-env.ts";
export type { AgentInfo, UserInfo, EpisodeError, EpisodeInfo, Tau2BenchStep } from "./env/step-result.ts";
export type { Side } from "./episode/episode-context.ts";
export type { VectorOutcome, VectorStep } from "./vector/vector-env.ts";
export type { TrainingStep } from "./training/state.ts";
export type { RolloutClaim } from "./rollout/store/open-rollouts.ts";
export { getReplayBuffer, type ReplayRecord } from "./rollout/replay-buffer.ts";
export { readSft } from "./export/sft.ts";
export { readVerifiers } from "./export/verifiers-files.ts";
export type { AgentOption, EnvOptions, JudgeOption, UserOption } from "./env/options.ts";
