export { type Action } from "./action/action.ts";
export { AgentEnv, type AgentEnvOptions } from "./env/agent-env.ts";
export { toTau2BenchReset, toTau2BenchStep, type ResetResult, type StepResult } from "./env/step-result.ts";
export { UserEnv, type UserEnvOptions } from "./env/user-env.ts";
export type { Episode } from "./episode/episode.ts";
export { recordEpisode, type EpisodeRecord } from "./episode/record.ts";
export { VectorEnv, type VectorEnvOptions } from "./vector/vector-env.ts";
