export { didYouMean, nearest } from "./nearest.ts";
export { isTau2Error, isToolError, messageOf, Tau2Error, ToolError, type ErrorCode } from "./errors.ts";
export { compareCodePoints, isRecord, parseOrderedJson, pythonJson, type Json, type JsonObject, type PythonJsonOptions } from "./json.ts";
export { jsonFault, type JsonFault } from "./json-fault.ts";
export { fixed2, floatText, numberText, reprText, round2, strText } from "./python-text.ts";
export { date, datetime, dict, mapOf, optional, orderedMap } from "./schema.ts";
export { canonicalText, recordText, resultText } from "./wire.ts";
export { databaseHash, textHash } from "./hash.ts";
export { sameDatabase } from "./same-database.ts";
export {
  hasText,
  isParticipant,
  isToolCall,
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
  actionSchema,
  environmentAssertionSchema,
  environmentCallSchema,
  evaluationCriteriaSchema,
  initialStateSchema,
  rewardTypes,
  structuredInstructionsSchema,
  taskSchema,
  userScenarioSchema,
  type Action,
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
} from "./task.ts";
export { actionText, indented, scenarioText } from "./scenario-text.ts";
export { toolsFor, type Tool, type ToolContext, type ToolKind, type ToolSpec } from "./tool.ts";
export { parametersSchema, toolDeclaration, type ToolDeclaration } from "./tool-schema.ts";
export { checkArguments } from "./arguments.ts";
export { deepFreeze } from "./deep-freeze.ts";
export { diffValues, nextState, plainValue, sameValue, type DiffEntry } from "./state.ts";
export { parseState, stateText } from "./state-text.ts";
export { policyText } from "./policy-text.ts";
export { parseData } from "./parse-data.ts";
export { requireDomain } from "./require-domain.ts";
export {
  defineDomain,
  inlineData,
  type Domain,
  type DomainData,
  type DomainFiles,
  type DomainSpec,
  type InlineData,
  type PolicyFiles,
  type TaskSet,
  type Toolkit,
} from "./domain.ts";
export type { TaskSource } from "./lazy-tasks.ts";
export { selectTasks, type TaskSelection } from "./tasks.ts";
export { checkAssertion, respond, runCall, runFunction, toolOnEitherSide } from "./calls.ts";
export { Environment } from "./environment.ts";
export { initialState } from "./execute.ts";
export { type EnvironmentSetup, type EnvironmentState, environmentSetup, policyOf, toolsOf, type EnvironmentOptions } from "./setup.ts";
export { initialize, type InitializeOptions } from "./initialize.ts";
export { sameAnswer } from "./same-answer.ts";
export { sameJson } from "./same-json.ts";
