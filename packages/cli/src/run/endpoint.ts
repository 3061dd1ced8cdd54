import { UsageError } from "../cli-error.ts";
import { DEFAULT_MODEL, type RunValues } from "../config/run-options.ts";
import type { CliIo } from "../io.ts";
import { isOffline } from "./offline.ts";

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
export function roleEndpoint(role: RunRole, values: RunValues, env: CliIo["env"]): RoleEndpoint {
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
