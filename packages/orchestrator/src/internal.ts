/**
 * Parts that only the packages of tau2 use. They may change in any release, also in a patch.
 * @module
 */
export { doneTool, isAgentStop, replaceDone } from "./agent/agent-stop.ts";
export type { ImmediateAgent, ParticipantContext } from "./agent/agent.ts";
export type { GoldAgentOptions } from "./agent/gold-agent.ts";
export { getAgentPrompt, type LlmAgent, type PromptName, type LlmAgentOptions } from "./agent/llm-agent.ts";
export type { LlmGtAgentOptions } from "./agent/llm-gt-agent.ts";
export { isSoloTask, type LlmSoloAgentOptions } from "./agent/llm-solo-agent.ts";
export type { NoopAgentOptions } from "./agent/noop-agent.ts";
export {
  endWithTimeout,
  formatTimestamp,
  getVisibleMessages,
  stepConversation,
  type Participants,
  type Speaker,
} from "./conversation/conversation.ts";
export { evaluateMaybeSync } from "./evaluate/evaluate.ts";
export { getJudgePrompt, type Verdict } from "./evaluate/nl-judge.ts";
export { runAttempt, type Attempt, type AttemptOptions } from "./run/attempt.ts";
export { classifyFault, findCulprit, type FaultClass, type FaultRole } from "./run/fault.ts";
export { createContexts, withTurnDeadlines, type ParticipantContexts } from "./run/participants.ts";
export { planRun, type RunPlan, type SimulationSpec } from "./run/plan-run.ts";
export { createRunName, getGitCommit, type RoleInfo } from "./run/run-info.ts";
export { createPlaceholder, toSimulationRun, type SimulationKey, type Timing } from "./run/simulation-record.ts";
export { type MeasuredRun, type TaskMetrics, type PartialScores, type Attempts, isSuccess, passHatKs } from "./metrics/metrics.ts";
export { writeDirectory, type Conversion } from "./results/convert-results.ts";
export { getReport, withReport } from "./results/notes.ts";
export { locateResults, type ReadOptions, type ResultsLocation } from "./results/read-results.ts";
export { isSoloRun, type Regrading } from "./results/regrade.ts";
export { formatSimulation, holdsResults, makePrivateFolder, PRIVATE_FILE, writeFileAtomic } from "./results/write-results.ts";
export {
  compareTasks,
  type DifferenceWords,
  getRuntimeVersions,
  type RuntimeVersions,
  type IdentityDifference,
  compareIdentities,
} from "./store/run-identity.ts";
export { type RequestEntry, type SessionEntry, getRunFiles } from "./store/run-log.ts";
export { checkCompatible, claimLog, type ClaimedLog } from "./store/claim-log.ts";
export { acquireLock } from "./store/lock.ts";
export { createStorageError, readLines, type LineLog } from "./store/line-log.ts";
export { readLog, type LogReader, type ReadLog } from "./store/read-log.ts";
export type { CassetteRecorder } from "./cassette/record-cassette.ts";
export type { Cassette } from "./cassette/replay-cassette.ts";
export type { Graded, GradeOptions } from "./run/grade-simulation.ts";
export type { CallScope } from "./cassette/cassette.ts";
export type { AgentRole, UserRole, AgentKind, UserKind } from "./run/kinds.ts";
export type { RunTotals } from "./run/progress.ts";
export type { Finding, FindingStatus } from "./evaluate/evaluation.ts";
export type { MetricIntervals, Interval } from "./metrics/intervals.ts";
export type { RunComparison, PairedMetric, TaskChange } from "./metrics/compare-runs.ts";
export type { Coverage } from "./metrics/coverage.ts";
export type { RunClaim, RunSession } from "./store/open-run.ts";
export { listRemovedSecrets } from "./results/results.ts";
