export type {
  Agent,
  AgentTurn,
  ImmediateAgent,
  AgentContext,
  AgentFactory,
  ParticipantContext,
  UserContext,
  UserFactory,
} from "./agent/agent.ts";
export { functionAgent, type AgentAnswer, type FunctionAgentOptions } from "./agent/function-agent.ts";
export { goldAgent, type GoldAgentOptions } from "./agent/gold-agent.ts";
export { httpAgent, type HttpAgentOptions } from "./agent/http-agent.ts";
export { llmAgent, type LlmAgent, type LlmAgentOptions } from "./agent/llm-agent.ts";
export { isGtTask, llmGtAgent, type LlmGtAgentOptions } from "./agent/llm-gt-agent.ts";
export { doneTool, isSoloTask, llmSoloAgent, type LlmSoloAgentOptions } from "./agent/llm-solo-agent.ts";
export { noopAgent, type NoopAgentOptions } from "./agent/noop-agent.ts";
export { getAgentPrompt, type PromptName } from "./agent/prompt.ts";
export { isSoloStop, stopOnDone } from "./agent/solo-stop.ts";
export type { CallScope } from "./cassette/cassette-entry.ts";
export { recordCassette, type CassetteRecorder } from "./cassette/record-cassette.ts";
export { openCassette, type Cassette } from "./cassette/replay-cassette.ts";
export { startConversation } from "./conversation/begin.ts";
export {
  startClock,
  formatTimestamp,
  GREETING,
  type Conversation,
  type ConversationRules,
  type ClockReading,
  type Speaker,
  type TerminationReason,
} from "./conversation/conversation.ts";
export { stepConversation, runConversation, type Participants, getVisibleMessages } from "./conversation/converse.ts";
export { toTrajectory, type Trajectory, executeToolCalls, applyMessage, endWithTimeout } from "./conversation/step.ts";
export { agentKinds, type AgentKind, type AgentRole } from "./run/agent-kinds.ts";
export type { RunEvent } from "./run/events.ts";
export { classifyFault, type Fault, type FaultClass, type FaultRole } from "./run/fault.ts";
export { findKind } from "./run/find-kind.ts";
export { getGitCommit, createRunInfo, type RoleInfo, type RunInfoOptions, createRunName } from "./run/run-info.ts";
export { gradeSimulation, type Graded, type GradeOptions } from "./run/grade.ts";
export { planRun, type RunPlan, type SimulationSpec, deriveTrialSeeds } from "./run/plan-run.ts";
export { runAttempt, type Attempt, type AttemptOptions } from "./run/play.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export type { SimulationStore } from "./run/simulation-store.ts";
export { toSimulationRun, type SimulationKey, type Timing } from "./run/simulation.ts";
export type { RunTotals } from "./run/totals.ts";
export { withTurnDeadline } from "./run/turn-deadline.ts";
export { userKinds, type UserKind, type UserRole } from "./run/user-kinds.ts";
export { evaluate, evaluateMaybeSync, evaluateWithoutJudge } from "./evaluate/evaluate.ts";
export {
  evaluationTypes,
  type ComponentReport,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationType,
  type Finding,
  type FindingStatus,
  type JudgeEffort,
  needsJudge,
} from "./evaluate/evaluation.ts";
export type { Judgement, NlJudge, Verdict } from "./evaluate/nl-assertions.ts";
export { getJudgePrompt, nlJudge, type NlJudgeOptions } from "./evaluate/nl-judge.ts";
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
