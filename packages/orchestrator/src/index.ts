export type { Agent, AgentContext, AgentFactory, AgentTurn, UserContext, UserFactory } from "./agent/agent.ts";
export { functionAgent, type AgentAnswer, type FunctionAgentOptions } from "./agent/function-agent.ts";
export { goldAgent } from "./agent/gold-agent.ts";
export { httpAgent, type HttpAgentOptions } from "./agent/http-agent.ts";
export { llmAgent, type LlmAgentOptions } from "./agent/llm-agent.ts";
export { llmGtAgent } from "./agent/llm-gt-agent.ts";
export { llmSoloAgent } from "./agent/llm-solo-agent.ts";
export { noopAgent } from "./agent/noop-agent.ts";
export { startClock, type ClockReading } from "./conversation/clock.ts";
export {
  applyMessage,
  executeToolCalls,
  startConversation,
  toTrajectory,
  type Conversation,
  type ConversationRules,
  type Speaker,
  type TerminationReason,
  type Trajectory,
} from "./conversation/conversation.ts";
export { runConversation, type Participants } from "./conversation/run-conversation.ts";
export type { Fault } from "./run/fault.ts";
export { gradeSimulation, type Graded, type GradeOptions } from "./run/grade-simulation.ts";
export { agentKinds, userKinds, type AgentKind, type AgentRole, type UserKind, type UserRole } from "./run/kinds.ts";
export type { SimulationSpec } from "./run/plan-run.ts";
export type { RunEvent, RunTotals } from "./run/progress.ts";
export { createRunInfo, type RoleInfo, type RunInfoOptions } from "./run/run-info.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export type { SimulationStore } from "./run/run-simulation.ts";
export type { CallScope } from "./cassette/cassette-entry.ts";
export { recordCassette, type CassetteRecorder } from "./cassette/record-cassette.ts";
export { openCassette, type Cassette } from "./cassette/replay-cassette.ts";
export { computeClusteredInterval, type Interval } from "./metrics/clustered-interval.ts";
export { compareRuns, type PairedMetric, type RunComparison, type TaskChange } from "./metrics/compare-runs.ts";
export { computeCoverage, type Coverage } from "./metrics/coverage.ts";
export type { MeasuredRun } from "./metrics/measured-run.ts";
export { computeMetrics, type Metrics } from "./metrics/metrics.ts";
export { computeMetricIntervals, type MetricIntervals } from "./metrics/metric-intervals.ts";
export { computePartialScores, type ActionScore, type PartialScores } from "./metrics/partial-scores.ts";
export { isSuccess, passHatK, passHatKs, type Attempts } from "./metrics/pass-hat-k.ts";
export type { ReviewMetrics } from "./metrics/review-figures.ts";
export { convertResults, writeDirectory, type Conversion } from "./results/convert-results.ts";
export { getReport, withReport } from "./results/notes.ts";
export { parseResults, locateResults, readResults, type ResultsFormat, type ResultsLocation } from "./results/read-results.ts";
export { isSoloRun, regrade, type RegradeOptions, type Regrading } from "./results/regrade.ts";
export { formatResults, formatSimulation } from "./results/results-text.ts";
export { computeTaskMetrics, type TaskMetrics } from "./metrics/task-figures.ts";
export { claimRun, type RunClaim, type RunSession } from "./store/claim-run.ts";
export { compareIdentities, compareTasks, type DifferenceWords, type IdentityDifference } from "./store/identity-differences.ts";
export type { RequestEntry, SessionEntry } from "./store/log-entry.ts";
export { openLineLog, type LineLog } from "./store/line-log.ts";
export { formatLogLine, readCompleteLines, type CompleteLine } from "./store/read-lines.ts";
export { acquireLock } from "./store/lock.ts";
export {
  getRuntimeVersions,
  type RuntimeVersions,
  createRunIdentity,
  type RoleIdentity,
  type RunIdentity,
  type RunIdentityOptions,
} from "./store/run-identity.ts";
export { readRun, type StoredRun } from "./store/read-run.ts";
export { getRunFiles, type RunFiles } from "./store/run-files.ts";
export { readRunHistory, type RunHistory } from "./store/run-history.ts";
export type { RunStore } from "./store/run-store.ts";
export { writeFileAtomic } from "./results/write-whole.ts";
export { writeResults } from "./results/write-results.ts";
export type { IndexEntry, Results, RunInfo } from "./results/results.ts";
export type { SimulationRun, StoredTerminationReason } from "./results/simulation-run.ts";
