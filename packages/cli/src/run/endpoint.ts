import { type RunValues, DEFAULT_MODEL } from "../config/run-options.ts";
import { UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import type { OpenAiModelOptions } from "@tau2/user-sim";
import { toFlagName } from "../config/option.ts";

/** Whether nothing is asked of any endpoint. */
export function isOffline({ replay, replay_fallthrough: fallthrough }: RunValues): boolean {
  return replay !== undefined && !fallthrough;
}

/** Who may have a model in a run. */
export type RunRole = "agent" | "user" | "judge";

/** Where a role's model is asked. */
export interface RoleEndpoint {
  /** The policy is what rollouts have in place of an agent. */
  readonly role: RunRole | "policy";
  readonly model: string;
  /** Left out: OpenAI's own. */
  readonly baseUrl: string | undefined;
  /** Empty where the endpoint needs none. */
  readonly apiKey: string;
}

/**
 * Model, address and key of a role: its own options, then those for every role, then the environment.
 * @throws UsageError when the key is missing, or when there is an endpoint of one's own and no model named for it.
 */
export function resolveRoleEndpoint(role: RunRole, values: RunValues, env: CliIo["env"]): RoleEndpoint {
  const baseUrl = values[`${role}_base_url`] ?? values.base_url ?? (env["OPENAI_BASE_URL"] || undefined);
  const named = values[`${role}_llm`];
  if (named === undefined && baseUrl !== undefined) {
    throw new UsageError(`name the ${role}'s model with --${role}-llm: it is asked at ${baseUrl}, and only OpenAI has a model by default`);
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
      `--${role}-api-key-env, or an endpoint of your own with --${role}-base-url. Without any model tau2 run plays the solutions and needs no key`,
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

/** What was said about a role's model. */
export interface NamedModel {
  readonly role: "policy" | "user" | "judge";
  readonly model: string;
  readonly baseUrl: string | null | undefined;
  /** The environment variable that holds the key. */
  readonly keyVariable: string | undefined;
}

/**
 * The address and key of a role's model: what was said, then the environment.
 * @throws UsageError when there is no key for a model that is asked at OpenAI, or the variable that was to hold one is not set
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
        `${toFlagName(`${role}_api_key_env`)}, or an endpoint of your own with ${toFlagName(`${role}_base_url`)}. --user scripted needs none of it`,
    );
  }
  return { role, model, baseUrl, apiKey };
}

/** A name with a slash is one of Hugging Face: whoever has the weights serves it. */
function noEndpoint(model: string): UsageError {
  return new UsageError(
    `no endpoint for the policy's model ${model}: it is asked over HTTP, tau2 loads no weights itself. Start one, for example\n` +
      `  vllm serve ${model} --port 8000 --enable-auto-tool-choice --tool-call-parser hermes\n` +
      `  llama-server --model FILE.gguf --alias ${model} --jinja --port 8000\n` +
      "and name it with --base-url http://127.0.0.1:8000/v1, or OPENAI_BASE_URL. A model of OpenAI needs OPENAI_API_KEY instead; " +
      "--policy gold and --policy noop need nothing",
  );
}
