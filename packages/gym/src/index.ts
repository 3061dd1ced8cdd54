export { parseAction, readCallAction, type CallAction, formatCalls, formatCall } from "./action/action.ts";
export type { Action, ActionMessage } from "./env/action-message.ts";
export { AgentEnv, type AgentEnvOptions } from "./env/agent-env.ts";
export type { BaseEnv, ResetOptions, StepOptions } from "./env/learner-env.ts";
export type { EnvOptions, JudgeOption, TaskChoice, AgentOption, UserOption } from "./env/options.ts";
export { toTau2BenchReset, toTau2BenchStep, type Tau2BenchInfo, type Tau2BenchStep } from "./env/reference.ts";
export type { AgentInfo, EpisodeError, EpisodeInfo, ResetResult, StepResult, UserInfo } from "./env/result.ts";
export { UserEnv, type UserEnvOptions } from "./env/user-env.ts";
export type { EpisodeOutcome, Episode } from "./episode/episode.ts";
export type { EpisodeContext, Side } from "./episode/frame.ts";
export { recordEpisode, type EpisodeRecord, type RecordedEnding, type RecordedFault } from "./episode/record.ts";
export { getNewMessages, formatObservation } from "./observation.ts";
export type { Autoreset, EnvOf, EpisodeChoice, ManyOptions, VectorEnvOptions } from "./vector/options.ts";
export type { Outcome } from "./vector/outcome.ts";
export { VectorEnv, type Actions, type ResetManyOptions, type VectorStep } from "./vector/vector-env.ts";
export { getActions, INVALID_TOOL_CALL, type CallMarks } from "./training/get-actions.ts";
export { getEnv } from "./training/get-env.ts";
export { hideObservations, type HideOptions } from "./training/hide-observations.ts";
export type {
  ActionFromLLM,
  ActionInput,
  AsyncResetKeywords,
  ResetKeywords,
  AsyncStepKeywords,
  StepKeywords,
} from "./training/keywords.ts";
export { AsyncTau2BenchEnv } from "./training/async-tau2bench-env.ts";
export { defaultConfig, type EndpointKeywords, type Tau2BenchConfig, type Tau2BenchKeywords } from "./training/config.ts";
export type { ContextMessage, FlatTool, ModelMessage, ModelToolCall, NewMessage, ToolOutput } from "./training/messages.ts";
export { toModelMessages } from "./training/model-messages.ts";
export type { TrainingStep } from "./training/next-state.ts";
export { parseObservation } from "./training/parse-observation.ts";
export { readConfig, tau2BenchKeywords } from "./training/read-config.ts";
export type { EpisodeState, StateMetadata, StateRecord } from "./training/state.ts";
export { Tau2BenchEnv } from "./training/tau2bench-env.ts";
export { getTaskLists, type TaskListName, type TaskListOptions } from "./training/task-lists.ts";
export type { TrainingEnv } from "./training/training-env.ts";
export { agentPolicy, goldPolicy, noopPolicy } from "./rollout/agent-policy.ts";
export { episodeStep, NOT_COMPUTED, type EpisodeStep } from "./rollout/episode-step.ts";
export { groupRollouts, type GroupRolloutOptions, type GroupRolloutOutcome } from "./rollout/group-rollouts.ts";
export { modelPolicy, type ModelPolicyOptions } from "./rollout/model-policy.ts";
export type { RolloutPlan } from "./rollout/plan-rollouts.ts";
export type { Policy, PolicyReply, PolicyTurn } from "./rollout/policy.ts";
export type { PolicyOption } from "./rollout/to-policy.ts";
export { getReplayBuffer, ReplayBuffer, type ReplayRecord } from "./rollout/replay-buffer.ts";
export { loadReplayBuffer, REPLAY_FILE, saveReplayBuffer } from "./rollout/replay-buffer-files.ts";
export { rollout, type RolloutOptions, type RolloutSettings } from "./rollout/rollout.ts";
export type { RolloutEvent } from "./rollout/rollout-events.ts";
export { rolloutGroups, type ReturnOptions, type TaskGroup } from "./rollout/rollout-groups.ts";
export { metricsPrefix, rolloutMetrics, type RolloutMetrics } from "./rollout/rollout-metrics.ts";
export { rolloutId, type Rollout, type RolloutKey } from "./rollout/rollout-record.ts";
export type { RolloutTotals } from "./rollout/rollout-totals.ts";
export type { Tokenizer } from "./rollout/tokenizer.ts";
export { createRolloutTrajectory, type RolloutTrajectory, type TrajectoryParts } from "./rollout/trajectory.ts";
export { groupTrajectories, keepTopK, type GroupOptions, type TrajectoryGroup } from "./rollout/trajectory-group.ts";
export { checkTrainable, exportedRun, isTestRollout, type ExportedRun, type ExportedRunOptions } from "./export/exported-run.ts";
export { rolloutResults, writeRolloutResults } from "./export/results.ts";
export { sftConversations, type SftConversation, type SftMessage, type SftOptions } from "./export/sft.ts";
export { readSft, writeSft } from "./export/sft-files.ts";
export type {
  VerifiersInfo,
  VerifiersMessage,
  VerifiersMetadata,
  VerifiersRow,
  VerifiersStep,
  VerifiersTool,
} from "./export/verifiers-form.ts";
export { readVerifiers, writeVerifiers, type VerifiersResults } from "./export/verifiers-files.ts";
export { verifiersMetadata } from "./export/verifiers-metadata.ts";
export { verifiersRows, type VerifiersOptions } from "./export/verifiers-rows.ts";
