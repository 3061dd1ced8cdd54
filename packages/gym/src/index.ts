export { formatCalls, parseAction, type Action, type ActionMessage } from "./action/action.ts";
export { AgentEnv, type AgentEnvOptions } from "./env/agent-env.ts";
export type { BaseEnv, ResetOptions, StepOptions } from "./env/base-env.ts";
export type { AgentOption, EnvOptions, JudgeOption, UserOption } from "./env/options.ts";
export {
  formatObservation,
  toTau2BenchReset,
  toTau2BenchStep,
  type AgentInfo,
  type EpisodeError,
  type EpisodeInfo,
  type ResetResult,
  type StepResult,
  type Tau2BenchStep,
  type UserInfo,
} from "./env/step-result.ts";
export { UserEnv, type UserEnvOptions } from "./env/user-env.ts";
export type { Side } from "./episode/episode-context.ts";
export type { Episode } from "./episode/episode.ts";
export { recordEpisode, type EpisodeRecord } from "./episode/record.ts";
export {
  VectorEnv,
  type Autoreset,
  type EpisodeChoice,
  type ResetManyOptions,
  type VectorActions,
  type VectorEnvOptions,
  type VectorOutcome,
  type VectorStep,
} from "./vector/vector-env.ts";
