export type {
  Agent,
  AgentContext,
  AgentFactory,
  AgentTurn,
  ImmediateAgent,
  ParticipantContext,
  UserContext,
  UserFactory,
} from "./agent/agent.ts";
export { doneTool, isAgentStop, replaceDone } from "./agent/agent-stop.ts";
export { functionAgent, type AgentAnswer, type FunctionAgentOptions } from "./agent/function-agent.ts";
export { goldAgent, type GoldAgentOptions } from "./agent/gold-agent.ts";
export { httpAgent, type HttpAgentOptions } from "./agent/http-agent.ts";
export { getAgentPrompt, llmAgent, type LlmAgent, type LlmAgentOptions, type PromptName } from "./agent/llm-agent.ts";
export { llmGtAgent, type LlmGtAgentOptions } from "./agent/llm-gt-agent.ts";
export { isSoloTask, llmSoloAgent, type LlmSoloAgentOptions } from "./agent/llm-solo-agent.ts";
export { noopAgent, type NoopAgentOptions } from "./agent/noop-agent.ts";
export { formatTimestamp, startClock, type ClockReading } from "./conversation/clock.ts";
export {
  applyMessage,
  endWithTimeout,
  executeToolCalls,
  startConversation,
  toTrajectory,
  type Conversation,
  type ConversationRules,
  type Speaker,
  type TerminationReason,
  type Trajectory,
} from "./conversation/conversation.ts";
export { getVisibleMessages, runConversation, stepConversation, type Participants } from "./conversation/run-conversation.ts";
export { evaluate, evaluateMaybeSync, evaluateWithoutJudge, type JudgedRequest } from "./evaluate/evaluate.ts";
export {
  evaluationTypes,
  needsJudge,
  type ComponentReport,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationType,
  type Finding,
  type FindingStatus,
  type JudgeEffort,
} from "./evaluate/evaluation.ts";
export { getJudgePrompt, nlJudge, type Judgement, type NlJudge, type NlJudgeOptions, type Verdict } from "./evaluate/nl-judge.ts";
export { runAttempt, type Attempt, type AttemptOptions } from "./run/attempt.ts";
export { runDefaults } from "./run/defaults.ts";
export { classifyFault, findCulprit, type Fault, type FaultClass, type FaultRole } from "./run/fault.ts";
export { gradeSimulation, type Graded, type GradeOptions } from "./run/grade-simulation.ts";
export { agentKinds, userKinds, type AgentKind, type AgentRole, type UserKind, type UserRole } from "./run/kinds.ts";
export { createContexts, withTurnDeadlines, type ParticipantContexts } from "./run/participants.ts";
export { planRun, type RunPlan, type SimulationSpec } from "./run/plan-run.ts";
export type { RunEvent, RunTotals } from "./run/progress.ts";
export { createRunInfo, createRunName, getGitCommit, type RoleInfo, type RunInfoOptions } from "./run/run-info.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export { toSimulationRun, type SimulationKey, type Timing } from "./run/simulation-record.ts";
export type { SimulationStore } from "./run/simulation-store.ts";
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
