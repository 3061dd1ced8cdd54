export { didYouMean, closestName } from "./nearest.ts";
export { isTau2Error, isToolError, getErrorMessage, Tau2Error, ToolError, type ErrorCode } from "./errors.ts";
export { compareCodePoints, isRecord, parseOrderedJson, pyJsonDumps, type Json, type JsonObject, type PyJsonOptions } from "./json.ts";
export { locateJsonError, type JsonErrorLocation } from "./json-fault.ts";
export { pyFixed2, pyFloat, pyNumber, pyRepr, pyRound2, pyStr } from "./python-text.ts";
export { date, datetime, dict, mapOf, optional, orderedMap } from "./schema.ts";
export { toCanonicalJson, toRecordJson, toToolOutput, hashDatabase, hashText } from "./wire.ts";
export { databasesEqual } from "./same-database.ts";
export {
  hasText,
  isParticipantMessage,
  hasToolCalls,
  messageSchema,
  toolCallSchema,
  type AssistantMessage,
  type Message,
  type ParticipantMessage,
  type Requestor,
  type SystemMessage,
  type ToolCall,
  type ToolMessage,
  type Usage,
  type UserMessage,
} from "./message.ts";
export {
  expectedActionSchema,
  environmentAssertionSchema,
  environmentCallSchema,
  evaluationCriteriaSchema,
  initialStateSchema,
  rewardTypes,
  structuredInstructionsSchema,
  taskSchema,
  userScenarioSchema,
  type ExpectedAction,
  type EnvironmentAssertion,
  type EnvironmentCall,
  type EvaluationCriteria,
  type InitialState,
  type RewardInfo,
  type RewardType,
  type StructuredInstructions,
  type Task,
  type TaskInput,
  type UserScenario,
  formatExpectedAction,
  indent,
  formatScenario,
} from "./task.ts";
export {
  createToolFactory,
  type Tool,
  type ToolContext,
  type ToolKind,
  type ToolSpec,
  toParametersSchema,
  toToolDeclaration,
  type ToolDeclaration,
  parseToolArguments,
} from "./tool.ts";
export { deepFreeze } from "./deep-freeze.ts";
export { diffStates, updateState, toPlainValue, statesEqual, type DiffEntry } from "./state.ts";
export { deserializeState, serializeState } from "./state-text.ts";
export {
  formatPolicy,
  requireDomain,
  defineDomain,
  parseInlineData,
  type Domain,
  type DomainData,
  type DomainFiles,
  type AgentDb,
  type DomainSpec,
  type ToolInput,
  type ToolName,
  type ToolOutput,
  type UserDb,
  type InlineData,
  type PolicyFiles,
  type TaskSet,
  type Toolkit,
  type TaskSource,
  selectTasks,
  type TaskSelection,
} from "./domain.ts";
export { parseData } from "./parse-data.ts";
export {
  checkAssertion,
  executeToolCall,
  executeToolCallWithoutSync,
  callEnvFunction,
  findToolOnEitherSide,
  createBaseState,
} from "./calls.ts";
export { Environment } from "./environment.ts";
export {
  type EnvironmentConfig,
  type EnvironmentState,
  createEnvironmentConfig,
  getPolicy,
  getTools,
  type EnvironmentOptions,
} from "./setup.ts";
export { createInitialState, type InitialStateOptions } from "./initialize.ts";
export { toolOutputsEqual, jsonEquals } from "./same-answer.ts";
