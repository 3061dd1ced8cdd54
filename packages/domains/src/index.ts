// Errors
export { isTau2Error, Tau2Error, ToolError, type ErrorCode } from "./core/errors.ts";
export { date, datetime, dict, mapOf, optional, orderedMap } from "./core/schema/schema.ts";
export {
  createToolFactory,
  type Tool,
  type ToolContext,
  type ToolDeclaration,
  type ToolKind,
  type ToolSpec,
  type ToolTypes,
} from "./core/tool/tool.ts";
export {
  defineDomain,
  type AgentDb,
  type Domain,
  type DomainData,
  type DomainFiles,
  type DomainSpec,
  type InlineData,
  type PolicyFiles,
  type SoloDomain,
  type TaskSet,
  type TaskSource,
  type ToolInput,
  type Toolkit,
  type ToolName,
  type ToolOutput,
  type UserDb,
} from "./core/domain/domain.ts";
export { formatPolicy, parseInlineData, selectTasks, type TaskSelection } from "./core/domain/domain-data.ts";
export { Environment } from "./core/environment/environment.ts";
export {
  createBaseState,
  createEnvironmentConfig,
  executeToolCall,
  type EnvironmentConfig,
  type EnvironmentOptions,
  type EnvironmentState,
} from "./core/environment/execute-tool-call.ts";
export { createInitialState, type InitialStateOptions } from "./core/environment/create-initial-state.ts";
export { deserializeState, serializeState } from "./core/environment/serialize-state.ts";
export { diffStates, type DiffEntry } from "./core/state/state.ts";
export { hashDatabase } from "./core/schema/hash-database.ts";
export { parseOrderedJson, type Json, type JsonObject } from "./core/json/json.ts";
export {
  hasToolCalls,
  messageSchema,
  type AssistantMessage,
  type Message,
  type ParticipantMessage,
  type Requestor,
  type SystemMessage,
  type ToolCall,
  type ToolMessage,
  type Usage,
  type UserMessage,
} from "./core/task/message.ts";
export {
  taskSchema,
  type EnvironmentAssertion,
  type EnvironmentCall,
  type EvaluationCriteria,
  type ExpectedAction,
  type InitialState,
  type RewardInfo,
  type RewardType,
  type StructuredInstructions,
  type Task,
  type TaskInput,
  type UserScenario,
} from "./core/task/task.ts";

// Domains and tools

// Environments and their states

// Messages, tasks and rewards
