/**
 * Helpers that the tau2 packages share. This entry is not part of the public API: names in it change or go without a major version.
 */
export { getErrorMessage, isToolError } from "./core/errors.ts";
export { closestName, didYouMean } from "./core/closest-name.ts";
export { compareCodePoints, pyFixed2, pyFloat, pyJsonDumps, pyNumber, pyRepr, pyRound2, pyStr, type PyJsonOptions } from "./core/python.ts";
export { isRecord, toPlainValue } from "./core/json/json.ts";
export {
  copyNumberKinds,
  findFloatKeys,
  keepNumberKinds,
  parseJson,
  rememberNumberKinds,
  setFloatKeys,
  stringifyJson,
} from "./core/json/number-kinds.ts";
export { REDACTED, redactJson, redactText, registerSecret } from "./core/secrets/known-secrets.ts";
export { findSecretArgument, isSecretName, listRedacted, redactSettings, type SecretArgument } from "./core/secrets/secret-names.ts";
export { redactUrl } from "./core/secrets/redact-url.ts";
export { decodeText, withoutByteOrderMark } from "./core/json/decode-text.ts";
export { locateJsonError, type JsonErrorLocation } from "./core/json/locate-json-error.ts";
export { parseData } from "./core/schema/schema.ts";
export { hashText, databasesEqual } from "./core/schema/hash-database.ts";
export { toCanonicalJson, toRecordJson, toToolOutput } from "./core/schema/to-tool-output.ts";
export { parseCallArguments, parseToolArguments, quoteCallArguments } from "./core/tool/call-arguments.ts";
export { toParametersSchema, toToolDeclaration, type ToolKind, type ToolSpec } from "./core/tool/tool.ts";
export { assignCallIds } from "./core/task/assign-call-ids.ts";
export {
  hasText,
  isParticipantMessage,
  toolCallSchema,
  type ParticipantMessage,
  type Usage,
  type SystemMessage,
} from "./core/task/message.ts";
export {
  environmentAssertionSchema,
  environmentCallSchema,
  evaluationCriteriaSchema,
  expectedActionSchema,
  formatExpectedAction,
  formatScenario,
  indent,
  initialStateSchema,
  rewardTypes,
  structuredInstructionsSchema,
  userScenarioSchema,
  type InitialState,
  type EnvironmentAssertion,
  type EnvironmentCall,
  type RewardType,
  type StructuredInstructions,
} from "./core/task/task.ts";
export {
  requireDomain,
  type DomainFiles,
  type DomainSpec,
  type PolicyFiles,
  type SoloDomain,
  type TaskSet,
  type TaskSource,
  type Toolkit,
} from "./core/domain/domain.ts";
export type { DiffEntry } from "./core/state/diff-states.ts";
export { deepFreeze, updateState } from "./core/state/update-state.ts";
export { jsonEquals, statesEqual, toolOutputsEqual } from "./core/state/equality.ts";
export {
  callEnvFunction,
  checkAssertion,
  executeToolCallWithoutSync,
  findToolOnEitherSide,
  getPolicy,
  getTools,
  type EnvironmentOptions,
} from "./core/environment/execute-tool-call.ts";
export { findPackageFolder } from "./core/package-folder.ts";
export type { TaskSelection } from "./core/domain/domain-data.ts";
export type { InitialStateOptions } from "./core/environment/create-initial-state.ts";
