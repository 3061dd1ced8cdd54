export { isTau2Error, Tau2Error, ToolError, type ErrorCode } from "./core/errors.ts";
export { date, datetime, dict, mapOf, optional, orderedMap } from "./core/schema/schema.ts";
export { createToolFactory, type Tool, type ToolContext, type ToolDeclaration, type ToolTypes } from "./core/tool/tool.ts";
export {
  defineDomain,
  type AgentDb,
  type Domain,
  type DomainData,
  type InlineData,
  type ToolInput,
  type ToolName,
  type ToolOutput,
  type UserDb,
} from "./core/domain/domain.ts";
export { formatPolicy, parseInlineData, selectTasks } from "./core/domain/domain-data.ts";
export { Environment } from "./core/environment/environment.ts";
export {
  createBaseState,
  createEnvironmentConfig,
  executeToolCall,
  type EnvironmentConfig,
  type EnvironmentState,
} from "./core/environment/execute-tool-call.ts";
export { createInitialState } from "./core/environment/create-initial-state.ts";
export { deserializeState, serializeState } from "./core/environment/serialize-state.ts";
export { diffStates } from "./core/state/diff-states.ts";
export { hashDatabase } from "./core/schema/hash-database.ts";
export { parseOrderedJson, type Json, type JsonObject } from "./core/json/json.ts";
export {
  hasToolCalls,
  messageSchema,
  type AssistantMessage,
  type Message,
  type Requestor,
  type ToolCall,
  type ToolMessage,
  type UserMessage,
} from "./core/task/message.ts";
export { taskSchema, type ExpectedAction, type RewardInfo, type Task, type TaskInput, type UserScenario } from "./core/task/task.ts";
