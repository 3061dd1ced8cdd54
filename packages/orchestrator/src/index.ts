export type { Agent, AgentContext, AgentFactory, AgentTurn, UserContext, UserFactory } from "./agent/agent.ts";
export { functionAgent, type AgentAnswer, type FunctionAgentOptions } from "./agent/function-agent.ts";
export { goldAgent } from "./agent/gold-agent.ts";
export { httpAgent, type HttpAgentOptions } from "./agent/http-agent.ts";
export { llmAgent, type LlmAgentOptions } from "./agent/llm-agent.ts";
export { llmGtAgent } from "./agent/llm-gt-agent.ts";
export { llmSoloAgent } from "./agent/llm-solo-agent.ts";
export { noopAgent } from "./agent/noop-agent.ts";
export {
  applyMessage,
  executeToolCalls,
  runConversation,
  startClock,
  toTrajectory,
  type ClockReading,
  type Conversation,
  type ConversationRules,
  type Participants,
  type Speaker,
  type TerminationReason,
  type Trajectory,
} from "./conversation/conversation.ts";
export { startConversation } from "./conversation/start-conversation.ts";
export type { Fault } from "./run/fault.ts";
export { gradeSimulation, type Graded, type GradeOptions } from "./run/grade-simulation.ts";
export { agentKinds, userKinds, type AgentKind, type AgentRole, type UserKind, type UserRole } from "./run/kinds.ts";
export type { SimulationSpec } from "./run/plan-run.ts";
export type { RunEvent, RunTotals } from "./run/progress.ts";
export { createRunInfo, type RoleInfo, type RunInfoOptions } from "./run/run-info.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export type { SimulationStore } from "./run/run-simulation.ts";
export type { CallScope } from "./cassette/cassette.ts";
export { recordCassette, type CassetteRecorder } from "./cassette/record-cassette.ts";
export { openCassette, type Cassette } from "./cassette/replay-cassette.ts";
