import type { JsonObject } from "@tau2/domains";
import type { OpenAiModelOptions } from "@tau2/user-sim";
import { redactUrl, registerSecret } from "@tau2/domains/internal";
import { getEnvironmentBaseUrl, modelDefaults } from "@tau2/user-sim/defaults";
import { type ComposedValues, toFlagName } from "./option.ts";
import type { runOptions, RunValues } from "./tables/run-options.ts";
import { DEFAULT_KEY_VARIABLE, defaultParameters } from "./tables/model-options.ts";
import { checkAddress } from "./secret-arguments.ts";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";

type ReasoningPolicy = NonNullable<OpenAiModelOptions["reasoning"]>;

/** Roles that may have a model in a run. */
export type RunRole = "agent" | "user" | "judge";

/** Roles that may have a model. The policy is what rollouts have in place of an agent. */
export type ModelRole = RunRole | "policy";

/** Endpoint of a role's model. */
export interface RoleEndpoint {
  readonly role: ModelRole;
  readonly model: string;
  /** Left out: OpenAI's own. */
  readonly baseUrl: string | undefined;
  /** Empty for an endpoint without a key. */
  readonly apiKey: string;
  /** Sent with every request; null for those of the environment. */
  readonly parameters: JsonObject | null;
  /** Headers of every request. They are secrets. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Earlier reasoning text that the model receives back. */
  readonly reasoning?: ReasoningPolicy | undefined;
  /** User message before a conversation that the model begins. */
  readonly firstMessage?: string | undefined;
}

/** Request of {@link resolveEndpoint}. */
export interface EndpointRequest {
  readonly role: ModelRole;
  readonly model: string;
  readonly baseUrl: string | null | undefined;
  /** Environment variable that holds the key. */
  readonly keyVariable: string | undefined;
  readonly parameters: JsonObject | null;
  /** Headers as `NAME=VALUE`. */
  readonly headers?: readonly string[] | undefined;
  readonly reasoning?: string | undefined;
  readonly firstMessage?: string | undefined;
  /** True if no request is sent, so that a key may be missing. */
  readonly isOffline?: boolean | undefined;
  /** Sentence on how to do without the model, for the error about a missing key. */
  readonly alternative: string;
}

/**
 * Resolves the address and key of a role's model: the options, then the environment.
 * @throws UsageError if the key of a model at OpenAI is missing, the named variable is not set, or a policy does not have an endpoint
 */
export function resolveEndpoint(request: EndpointRequest, env: CliIo["env"]): RoleEndpoint {
  const { role, model, keyVariable, parameters, isOffline: offline = false } = request;
  const baseUrl = getBaseUrl(request.baseUrl, env);
  checkAddress(baseUrl, role);
  const apiKey = readKey(env, keyVariable ?? DEFAULT_KEY_VARIABLE);
  if (!offline) {
    if (apiKey === "" && keyVariable !== undefined) throw createUnsetError(`${role}'s model ${model}`, keyVariable);
    if (role === "policy" && baseUrl === undefined && (model.includes("/") || apiKey === "")) throw createNoServerError(model);
    if (apiKey === "" && baseUrl === undefined) throw createNoKeyError(request);
  }
  if (!offline && baseUrl === undefined && model.startsWith("openai/")) {
    throw new UsageError(`OpenAI's names of models do not have a prefix: write '${model.slice("openai/".length)}' in place of '${model}'`);
  }
  return { role, model, baseUrl, apiKey, parameters, ...getRequestOptions(request) };
}

function getRequestOptions({
  role,
  headers,
  reasoning,
  firstMessage,
}: Pick<EndpointRequest, "role" | "headers" | "reasoning" | "firstMessage">) {
  return { headers: parseHeaders(role, headers ?? []), reasoning: reasoningPolicies[reasoning ?? "none"], firstMessage };
}

const reasoningPolicies: Readonly<Record<string, ReasoningPolicy>> = { none: "none", since_last_user: "sinceLastUser", all: "all" };

/** Parses headers. @throws UsageError for one without a name, without its text, which may be a key */
export function parseHeaders(role: ModelRole, written: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    written.map((header) => {
      const [name, ...value] = header.split("=");
      if (!/^[\w-]+$/.test(name!) || value.length === 0) throw new UsageError(`${toFlagName(`${role}_header`)} must be NAME=VALUE`);
      const text = value.join("=");
      registerSecret(text.replace(/^(?:bearer|basic) /i, ""));
      return [name!, text];
    }),
  );
}

/** Options of the roles' endpoints, as runs, servers and evaluations have them. */
export type EndpointValues = Partial<
  Pick<
    ComposedValues<typeof runOptions>,
    | "agent"
    | "base_url"
    | "api_key_env"
    | "replay"
    | "replay_fallthrough"
    | `${RunRole}_${"llm" | "llm_args" | "base_url" | "api_key_env" | "header"}`
    | "agent_reasoning"
    | "user_reasoning"
    | "first_message"
  >
>;

/**
 * Resolves the endpoint of a role by the options: its own, then those for every role, then the environment.
 * @throws UsageError if the key is missing, or an endpoint of your own is given without a model.
 */
export function resolveRoleEndpoint(role: RunRole, values: EndpointValues, env: CliIo["env"]): RoleEndpoint {
  const named = values[`${role}_llm`];
  const ownUrl = values[`${role}_base_url`] ?? values.base_url;
  const baseUrl = getBaseUrl(ownUrl, env);
  if (!named && baseUrl !== undefined) {
    throw new UsageError(
      `name the ${role}'s model with --${role}-llm: its endpoint is ${redactUrl(baseUrl)}, and only OpenAI has a default model`,
    );
  }
  const request: EndpointRequest = {
    role,
    model: named ?? modelDefaults.model,
    baseUrl: ownUrl,
    keyVariable: values[`${role}_api_key_env`] ?? values.api_key_env,
    parameters: getParameters(role, values),
    ...getRoleRequestOptions(role, values),
    isOffline: isOffline(values),
    alternative:
      role === "user" && values.agent !== undefined
        ? "--user scripted does not need a model or a key"
        : "Without any model tau2 run plays the solutions and does not need a key",
  };
  return resolveEndpoint(request, env);
}

/**
 * Resolves the endpoint of an agent at its own address. It gets a key only when a variable is named for it.
 * @throws UsageError if that variable is not set
 */
export function resolveAgentAddress(baseUrl: string, values: RunValues, env: CliIo["env"]): RoleEndpoint {
  checkAddress(baseUrl, "agent");
  const { agent_llm: model = "agent", agent_api_key_env: variable } = values;
  const apiKey = variable === undefined ? "" : readKey(env, variable);
  if (variable !== undefined && apiKey === "") throw createUnsetError(`agent at ${redactUrl(baseUrl)}`, variable);
  return {
    role: "agent",
    model,
    baseUrl,
    apiKey,
    parameters: getParameters("agent", values),
    ...getRequestOptions({ role: "agent", ...getRoleRequestOptions("agent", values) }),
  };
}

function getRoleRequestOptions(role: RunRole, values: EndpointValues) {
  return {
    headers: values[`${role}_header`],
    reasoning: role === "judge" ? undefined : values[`${role}_reasoning`],
    firstMessage: role === "agent" ? values.first_message : undefined,
  };
}

/** Returns true if a run does not send requests to an endpoint. */
export function isOffline({ replay, replay_fallthrough: fallthrough }: EndpointValues): boolean {
  return replay !== undefined && !fallthrough;
}

/** Limits of one request to a model. */
export type RequestLimits = Pick<RunValues, "request_timeout" | "max_response_bytes">;

/** Creates the options of a model; its errors name the options of the command line. */
export function createModelOptions(
  { role, model, baseUrl, apiKey, headers, reasoning, firstMessage }: RoleEndpoint,
  { request_timeout: seconds, max_response_bytes: maxResponseBytes }: RequestLimits,
): OpenAiModelOptions {
  const parameters = toFlagName(role === "policy" ? "policy_args" : `${role}_llm_args`);
  return {
    model,
    baseUrl,
    apiKey,
    headers,
    reasoning,
    firstMessage,
    timeoutMs: seconds * 1000,
    maxResponseBytes,
    advice: {
      address: toFlagName(role === "policy" ? "base_url" : `${role}_base_url`),
      headers: toFlagName(`${role}_header`),
      timeout: toFlagName("request_timeout"),
      responseBytes: toFlagName("max_response_bytes"),
      key: `the environment variable ${DEFAULT_KEY_VARIABLE}, or the one that ${toFlagName(`${role}_api_key_env`)} names`,
      parameters,
      noTemperature: role === "policy" ? "leave --temperature out" : `give ${parameters} '{}'`,
      concurrency: toFlagName("max_concurrency"),
    },
  };
}

function getParameters(role: RunRole, values: EndpointValues): JsonObject {
  return { ...(values[`${role}_llm_args`] ?? defaultParameters) };
}

function getBaseUrl(own: string | null | undefined, env: CliIo["env"]): string | undefined {
  return own || getEnvironmentBaseUrl(env);
}

function readKey(env: CliIo["env"], variable: string): string {
  const key = env[variable]?.trim() ?? "";
  registerSecret(key);
  return key;
}

function createUnsetError(subject: string, variable: string): UsageError {
  return new UsageError(`no key for the ${subject}: the environment variable ${variable} is not set`);
}

function createNoKeyError({ role, model, alternative }: EndpointRequest): UsageError {
  return new UsageError(
    `no key for the ${role}'s model ${model}: set the environment variable ${DEFAULT_KEY_VARIABLE} (a file .env here will do), name another variable with ` +
      `${toFlagName(`${role}_api_key_env`)}, or an endpoint of your own with ${toFlagName(`${role}_base_url`)}. ${alternative}`,
  );
}

/** A name with a slash is one of Hugging Face, whose weights any server may have. */
function createNoServerError(model: string): UsageError {
  return new UsageError(
    `the policy's model ${model} needs an endpoint: requests go over HTTP, tau2 does not load weights itself. Start one, for example\n` +
      `  vllm serve ${model} --port 8000 --enable-auto-tool-choice --tool-call-parser hermes\n` +
      `  llama-server --model FILE.gguf --alias ${model} --jinja --port 8000\n` +
      `and name it with --base-url http://127.0.0.1:8000/v1, or OPENAI_BASE_URL. A model of OpenAI needs ${DEFAULT_KEY_VARIABLE} instead; ` +
      "--policy gold and --policy noop need nothing",
  );
}
