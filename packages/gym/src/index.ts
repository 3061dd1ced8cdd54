export { parseAction, readCallAction, type CallAction, formatCalls, formatCall, type Action, type ActionMessage } from "./action/action.ts";
export { AgentEnv, type AgentEnvOptions } from "./env/agent-env.ts";
export type { BaseEnv, ResetOptions, StepOptions } from "./env/base-env.ts";
export type { EnvOptions, JudgeOption, TaskChoice, AgentOption, UserOption } from "./env/options.ts";
export {
  toTau2BenchReset,
  toTau2BenchStep,
  type Tau2BenchInfo,
  type Tau2BenchStep,
  type AgentInfo,
  type EpisodeError,
  type EpisodeInfo,
  type ResetResult,
  type StepResult,
  type UserInfo,
  getNewMessages,
  formatObservation,
} from "./env/step-result.ts";
export { UserEnv, type UserEnvOptions } from "./env/user-env.ts";
export type { EpisodeOutcome, Episode } from "./episode/episode.ts";
export type { EpisodeContext, Side } from "./episode/episode-context.ts";
export { recordEpisode, type EpisodeRecord, type RecordedOutcome, type RecordedFault } from "./episode/record.ts";
export {
  type Autoreset,
  type EnvOf,
  type EpisodeChoice,
  type ManyOptions,
  type VectorEnvOptions,
  type Outcome,
  VectorEnv,
  type Actions,
  type ResetManyOptions,
  type VectorStep,
} from "./vector/vector-env.ts";
export { getActions, INVALID_TOOL_CALL, type CallMarks } from "./training/get-actions.ts";
export { getEnv, AsyncTau2BenchEnv, Tau2BenchEnv } from "./training/tau2bench-env.ts";
export {
  hideObservations,
  type HideOptions,
  type ContextMessage,
  type FlatTool,
  type ModelMessage,
  type ModelToolCall,
  type NewMessage,
  type ToolOutput,
  parseObservation,
} from "./training/messages.ts";
export type { AsyncResetKeywords, ResetKeywords, AsyncStepKeywords, StepKeywords } from "./training/keywords.ts";
export type { ActionFromLLM, ActionInput } from "./training/messages.ts";
export {
  defaultConfig,
  type EndpointKeywords,
  type Tau2BenchConfig,
  type Tau2BenchKeywords,
  readConfig,
  tau2BenchKeywords,
} from "./training/config.ts";
export { toModelMessages, type TrainingStep, type EpisodeState, type StateMetadata, type StateRecord } from "./training/state.ts";
export { getTaskLists, type TaskListName, type TaskListOptions } from "./training/task-lists.ts";
export type { TrainingEnv } from "./training/training-env.ts";
export {
  agentPolicy,
  goldPolicy,
  noopPolicy,
  modelPolicy,
  type ModelPolicyOptions,
  type Policy,
  type PolicyReply,
  type PolicyTurn,
  type PolicyOption,
} from "./rollout/policy.ts";
export {
  createEpisodeStep,
  NOT_COMPUTED,
  type EpisodeStep,
  getRolloutId,
  type Rollout,
  type RolloutKey,
} from "./rollout/rollout-record.ts";
export {
  groupRollouts,
  type GroupRolloutOptions,
  type GroupRolloutOutcome,
  type RolloutPlan,
  type RolloutEvent,
  getMetricsPrefix,
  computeRolloutMetrics,
  type RolloutMetrics,
  type RolloutTotals,
} from "./rollout/group-rollouts.ts";
export {
  getReplayBuffer,
  ReplayBuffer,
  type ReplayRecord,
  loadReplayBuffer,
  REPLAY_FILE,
  saveReplayBuffer,
} from "./rollout/replay-buffer.ts";
export { rollout, type RolloutOptions, type RolloutSettings } from "./rollout/rollout.ts";
export {
  groupByTask,
  type ReturnOptions,
  type TaskGroup,
  createRolloutTrajectory,
  type RolloutTrajectory,
  type TrajectoryParts,
  groupTrajectories,
  keepTopK,
  type GroupOptions,
  type TrajectoryGroup,
} from "./rollout/trajectory.ts";
export type { Tokenizer } from "./rollout/tokens.ts";
export { checkTrainable, createExportedRun, isTestRollout, type ExportedRun, type ExportedRunOptions } from "./export/exported-run.ts";
export { toRolloutResults, writeRolloutResults } from "./export/results.ts";
export { toSftConversations, type SftConversation, type SftMessage, type SftOptions, readSft, writeSft } from "./export/sft.ts";
export {
  type VerifiersInfo,
  type VerifiersMessage,
  type VerifiersMetadata,
  type VerifiersRow,
  type VerifiersStep,
  type VerifiersTool,
  createVerifiersMetadata,
  toVerifiersRows,
  type VerifiersOptions,
} from "./export/verifiers.ts";
export { readVerifiers, writeVerifiers, type VerifiersResults } from "./export/verifiers-files.ts";
