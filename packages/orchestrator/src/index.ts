export type { Agent, AgentContext, AgentFactory, AgentTurn, UserContext, UserFactory } from "./agent/agent.ts";
export { functionAgent, type AgentAnswer } from "./agent/function-agent.ts";
export { goldAgent } from "./agent/gold-agent.ts";
export { httpAgent } from "./agent/http-agent.ts";
export { llmAgent } from "./agent/llm-agent.ts";
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
  type TerminationReason,
  type Trajectory,
} from "./conversation/conversation.ts";
export { startConversation } from "./conversation/start-conversation.ts";
export type { Fault } from "./run/fault.ts";
export { gradeSimulation } from "./run/grade-simulation.ts";
export { agentKinds, userKinds } from "./run/kinds.ts";
export type { RunEvent } from "./run/progress.ts";
export { createRunInfo } from "./run/run-info.ts";
export { runSimulations, type RunOptions, type RunOutcome } from "./run/run-simulations.ts";
export type { SimulationStore } from "./run/run-simulation.ts";
export { recordCassette } from "./cassette/record-cassette.ts";
export { openCassette } from "./cassette/replay-cassette.ts";
