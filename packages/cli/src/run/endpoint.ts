import { type RunValues, DEFAULT_MODEL } from "../config/run-options.ts";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import type { OpenAiModelOptions } from "@tau2/user-sim";
import { toFlagName } from "../config/option.ts";

/** Returns true if a run does not send requests to an endpoint. */
export function isOffline({ replay, replay_fallthrough: fallthrough }: RunValues): boolean {
  return replay !== undefined && !fallthrough;
}

/** Roles that may have a model in a run. */
export type RunRole = "agent" | "user" | "judge";

/** Endpoint of a role's model. */
export interface RoleEndpoint {
  /** The policy is what rollouts have in place of an agent. */
  readonly role: RunRole | "policy";
  readonly model: string;
  /** Left out: OpenAI's own. */
  readonly baseUrl: string | undefined;
  /** Empty for an endpoint without a key. */
  readonly apiKey: string;
}

/**
 * Model, address and key of a role: its own options, then those for every role, then the environment.
 * @throws UsageError if the key is missing, or an endpoint of your own is given without a model.
 */
export function resolveRoleEndpoint(role: RunRole, values: RunValues, env: CliIo["env"]): RoleEndpoint {
  const baseUrl = values[`${role}_base_url`] ?? values.base_url ?? (env["OPENAI_BASE_URL"] || undefined);
  const named = values[`${role}_llm`];
  if (named === undefined && baseUrl !== undefined) {
    throw new UsageError(`name the ${role}'s model with --${role}-llm: its endpoint is ${baseUrl}, and only OpenAI has a default model`);
  }
  const model = named ?? DEFAULT_MODEL;
  return { role, model, baseUrl, apiKey: keyOf(role, model, baseUrl, values, env) };
}

function keyOf(role: RunRole, model: string, baseUrl: string | undefined, values: RunValues, env: CliIo["env"]): string {
  const variable = values[`${role}_api_key_env`] ?? values.api_key_env;
  const key = env[variable ?? "OPENAI_API_KEY"]?.trim() ?? "";
  if (key !== "" || isOffline(values)) return key;
  if (variable !== undefined) {
    throw new UsageError(`no key for the ${role}'s model ${model}: the environment variable ${variable} is not set`);
  }
  if (baseUrl !== undefined) return "";
  throw new UsageError(
    `no key for the ${role}'s model ${model}: set the environment variable OPENAI_API_KEY (a file .env here will do), name another variable with ` +
      `--${role}-api-key-env, or an endpoint of your own with --${role}-base-url. Without any model tau2 run plays the solutions and does not need a key`,
  );
}

/** A model's options as a command line gives them; its errors name the options of the command line. @param seconds for one request; 300 by default */
export function createModelOptions({ role, model, baseUrl, apiKey }: RoleEndpoint, seconds = 300): OpenAiModelOptions {
  return {
    model,
    baseUrl,
    apiKey,
    timeoutMs: seconds * 1000,
    advice: {
      timeout: toFlagName("request_timeout"),
      key: `the environment variable OPENAI_API_KEY, or the one that ${toFlagName(`${role}_api_key_env`)} names`,
      parameters: toFlagName(role === "policy" ? "policy_args" : `${role}_llm_args`),
      concurrency: toFlagName("max_concurrency"),
    },
  };
}

/** Options of a role's model. */
export interface NamedModel {
  readonly role: "policy" | "user" | "judge";
  readonly model: string;
  readonly baseUrl: string | null | undefined;
  /** The environment variable that holds the key. */
  readonly keyVariable: string | undefined;
}

/**
 * Resolves the address and key of a role's model: the options, then the environment.
 * @throws UsageError if the key of a model at OpenAI is missing, or the named variable is not set
 */
export function resolveRolloutEndpoint({ role, model, baseUrl: named, keyVariable }: NamedModel, env: CliIo["env"]): RoleEndpoint {
  const baseUrl = named || env["OPENAI_BASE_URL"] || undefined;
  const apiKey = env[keyVariable ?? "OPENAI_API_KEY"]?.trim() ?? "";
  if (apiKey === "" && keyVariable !== undefined) {
    throw new UsageError(`no key for the ${role}'s model ${model}: the environment variable ${keyVariable} is not set`);
  }
  if (role === "policy" && baseUrl === undefined && (model.includes("/") || apiKey === "")) throw noEndpoint(model);
  if (apiKey === "" && baseUrl === undefined) {
    throw new UsageError(
      `no key for the ${role}'s model ${model}: set the environment variable OPENAI_API_KEY (a file .env here will do), name another variable with ` +
        `${toFlagName(`${role}_api_key_env`)}, or an endpoint of your own with ${toFlagName(`${role}_base_url`)}. --user scripted does not need them`,
    );
  }
  return { role, model, baseUrl, apiKey };
}

/** Returns true for a name with a slash, one of Hugging Face, whose weights any server may have. */
function noEndpoint(model: string): UsageError {
  return new UsageError(
    `the policy's model ${model} needs an endpoint: requests go over HTTP, tau2 does not load weights itself. Start one, for example\n` +
      `  vllm serve ${model} --port 8000 --enable-auto-tool-choice --tool-call-parser hermes\n` +
      `  llama-server --model FILE.gguf --alias ${model} --jinja --port 8000\n` +
      "and name it with --base-url http://127.0.0.1:8000/v1, or OPENAI_BASE_URL. A model of OpenAI needs OPENAI_API_KEY instead; " +
      "--policy gold and --policy noop need nothing",
  );
}
