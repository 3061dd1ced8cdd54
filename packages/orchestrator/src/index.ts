export type { Agent, AgentTurn, ImmediateAgent } from "./agent/agent.ts";
export { functionAgent, type AgentAnswer, type FunctionAgentOptions } from "./agent/function-agent.ts";
export { goldAgent, type GoldAgentOptions } from "./agent/gold-agent.ts";
export { httpAgent, type HttpAgentOptions } from "./agent/http-agent.ts";
export { llmAgent, type LlmAgent, type LlmAgentOptions } from "./agent/llm-agent.ts";
export { isGtTask, llmGtAgent, type LlmGtAgentOptions } from "./agent/llm-gt-agent.ts";
export { doneTool, isSoloTask, llmSoloAgent, type LlmSoloAgentOptions } from "./agent/llm-solo-agent.ts";
export { noopAgent, type NoopAgentOptions } from "./agent/noop-agent.ts";
export { agentPrompt, type PromptName } from "./agent/prompt.ts";
export { isSoloStop, stopOnDone } from "./agent/solo-stop.ts";
export type { CallScope } from "./cassette/cassette-entry.ts";
export { recordCassette, type CassetteRecorder } from "./cassette/record-cassette.ts";
export { openCassette, type Cassette } from "./cassette/replay-cassette.ts";
export { begin } from "./conversation/begin.ts";
export { startClock, timestampText } from "./conversation/clock.ts";
export {
  GREETING,
  type Conversation,
  type ConversationRules,
  type Moment,
  type Party,
  type TerminationReason,
} from "./conversation/conversation.ts";
export { advance, converse, type Participants } from "./conversation/converse.ts";
export { finish, type Trajectory } from "./conversation/finish.ts";
export { answerCalls, deliver } from "./conversation/step.ts";
export { timeOut } from "./conversation/time-out.ts";
export { viewOf } from "./conversation/view.ts";
export { agentKinds, type AgentKind, type AgentRole } from "./run/agent-kinds.ts";
export type { RunEvent } from "./run/events.ts";
export type { AgentContext, AgentFactory, ParticipantContext, UserContext, UserFactory } from "./run/factories.ts";
export { faultOf, type Fault, type FaultClass, type FaultRole } from "./run/fault.ts";
export { findKind } from "./run/find-kind.ts";
export { gitCommit } from "./run/git-commit.ts";
export { gradeSimulation, type Graded, type GradeOptions } from "./run/grade.ts";
export { planRun, type RunPlan, type RunUnit } from "./run/plan-run.ts";
export { play, type Attempt, type PlayOptions } from "./run/play.ts";
export { runInfo, type RoleInfo, type RunInfoOptions } from "./run/run-info.ts";
export { defaultRunName } from "./run/run-name.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export { simulationOf, type Played, type Span } from "./run/simulation.ts";
export type { RunTotals } from "./run/totals.ts";
export { trialSeeds } from "./run/trial-seeds.ts";
export { withTurnDeadline } from "./run/turn-deadline.ts";
export { userKinds, type UserKind, type UserRole } from "./run/user-kinds.ts";
export { evaluate, evaluateAtOnce, evaluateWithoutJudge } from "./evaluate/evaluate.ts";
export {
  evaluationTypes,
  type ComponentReport,
  type Evaluation,
  type EvaluationRequest,
  type EvaluationType,
  type Finding,
  type FindingStatus,
  type JudgeEffort,
} from "./evaluate/evaluation.ts";
export { needsJudge } from "./evaluate/needs-judge.ts";
export type { Judgement, NlJudge, Verdict } from "./evaluate/nl-assertions.ts";
export { judgePrompt, nlJudge, type NlJudgeOptions } from "./evaluate/nl-judge.ts";
export { clusteredInterval, type Interval } from "./metrics/clustered-interval.ts";
export { compareRuns, type PairedFigure, type RunComparison, type TaskChange } from "./metrics/compare-runs.ts";
export { coverageOf, type Coverage } from "./metrics/coverage.ts";
export type { MeasuredRun } from "./metrics/measured-run.ts";
export { computeMetrics, type Metrics } from "./metrics/metrics.ts";
export { metricIntervals, type MetricIntervals } from "./metrics/metric-intervals.ts";
export { partialScores, type ActionScore, type PartialScores } from "./metrics/partial-scores.ts";
export { isSuccess, passHatK, passHatKs, type Attempts } from "./metrics/pass-hat-k.ts";
export type { ReviewFigures } from "./metrics/review-figures.ts";
export { convertResults, writeDirectory, type Conversion } from "./results/convert-results.ts";
export { reportOf, withReport } from "./results/notes.ts";
export { parseResults, placeOfResults, readResults, type ResultsFormat, type ResultsPlace } from "./results/read-results.ts";
export { isSoloRun, regrade, type RegradeOptions, type Regrading } from "./results/regrade.ts";
export { resultsText, simulationText } from "./results/results-text.ts";
export { taskFigures, type TaskFigures } from "./metrics/task-figures.ts";
export { claimRun, type RunClaim, type RunSession } from "./store/claim-run.ts";
export { identityDifferences, taskDifferences, type DifferenceWords, type IdentityDifference } from "./store/identity-differences.ts";
export type { RequestEntry, SessionEntry } from "./store/log-entry.ts";
export { openLineLog, type LineLog } from "./store/line-log.ts";
export { logLine } from "./store/log-line.ts";
export { takeLock } from "./store/lock.ts";
export { madeWith, type MadeWith } from "./store/made-with.ts";
export { wholeLines, type WholeLine } from "./store/read-lines.ts";
export { readRun, type StoredRun } from "./store/read-run.ts";
export { runFiles, type RunFiles } from "./store/run-files.ts";
export { readRunHistory, type RunHistory } from "./store/run-history.ts";
export { runIdentity, type RoleIdentity, type RunIdentity, type RunIdentityOptions } from "./store/run-identity.ts";
export type { RunStore } from "./store/run-store.ts";
export { writeWhole } from "./results/write-whole.ts";
export { writeResults } from "./results/write-results.ts";
export type { IndexEntry, Results, RunInfo } from "./results/results.ts";
export type { SimulationRun, StoredTerminationReason } from "./results/simulation-run.ts";
