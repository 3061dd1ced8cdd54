export { createExportedRun, type ExportedRun } from "../export/exported-run.ts";
export { writeRolloutResults } from "../export/results.ts";
export { readSft, writeSft, type SftConversation } from "../export/sft.ts";
export { readVerifiers, writeVerifiers, type VerifiersResults } from "../export/verifiers-files.ts";
export {
  groupRollouts,
  type GroupRolloutOptions,
  type GroupRolloutOutcome,
  type RolloutEvent,
  type RolloutMetrics,
  type RolloutTotals,
} from "../rollout/group-rollouts.ts";
export {
  agentPolicy,
  goldPolicy,
  modelPolicy,
  noopPolicy,
  type ModelPolicyOptions,
  type Policy,
  type PolicyReply,
  type PolicyTurn,
} from "../rollout/policy.ts";
export { getReplayBuffer, loadReplayBuffer, ReplayBuffer, saveReplayBuffer, type ReplayRecord } from "../rollout/replay-buffer.ts";
export type { EpisodeStep, Rollout } from "../rollout/rollout-record.ts";
export { rollout, type RolloutOptions } from "../rollout/rollout.ts";
export { openRollouts, type RolloutClaim, type RolloutSession, type RolloutStore } from "../rollout/store/open-rollouts.ts";
export { readRollouts, type StoredRollouts } from "../rollout/store/read-rollouts.ts";
export type { RolloutStage } from "../rollout/store/rollout-log.ts";
export type { Tokenizer } from "../rollout/tokens.ts";
export {
  createRolloutTrajectory,
  groupTrajectories,
  keepTopK,
  type RolloutTrajectory,
  type TaskGroup,
  type TrajectoryGroup,
} from "../rollout/trajectory.ts";
export type { Tau2BenchConfig, Tau2BenchKeywords } from "./config.ts";
export { getActions } from "./get-actions.ts";
export type { ResetKeywords, StepKeywords } from "./keywords.ts";
export type { ActionFromLLM, ActionInput, FlatTool, ModelMessage } from "./messages.ts";
export { toModelMessages, type EpisodeState, type TrainingStep } from "./state.ts";
export { AsyncTau2BenchEnv, getEnv, Tau2BenchEnv } from "./tau2bench-env.ts";
