export { isTau2Error, isToolError, Tau2Error, ToolError, type ErrorCode } from "./core/errors.ts";
export { parseOrderedJson, type Json, type JsonObject } from "./core/json/json.ts";
export { date, datetime, dict, mapOf, optional, orderedMap } from "./core/schema/schema.ts";
export { hashDatabase } from "./core/schema/to-tool-output.ts";
export { createToolFactory, type Tool, type ToolContext, type ToolDeclaration, type ToolKind, type ToolSpec } from "./core/tool/tool.ts";
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
export {
  defineDomain,
  formatPolicy,
  parseInlineData,
  selectTasks,
  type AgentDb,
  type Domain,
  type ToolInput,
  type ToolName,
  type ToolOutput,
  type UserDb,
  type DomainData,
  type DomainFiles,
  type DomainSpec,
  type InlineData,
  type PolicyFiles,
  type TaskSelection,
  type TaskSet,
  type TaskSource,
  type Toolkit,
} from "./core/domain/domain.ts";
export { diffStates, type DiffEntry } from "./core/state/state.ts";
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
export { Environment } from "./core/environment/environment.ts";
