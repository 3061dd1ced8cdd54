import { UsageError } from "../cli-error.ts";
import { flagOf } from "../config/option.ts";
import type { CliIo } from "../io.ts";
import type { RoleEndpoint } from "../run/endpoint.ts";

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
export function rolloutEndpoint({ role, model, baseUrl: named, keyVariable }: NamedModel, env: CliIo["env"]): RoleEndpoint {
  const baseUrl = named || env["OPENAI_BASE_URL"] || undefined;
  const apiKey = env[keyVariable ?? "OPENAI_API_KEY"]?.trim() ?? "";
  if (apiKey === "" && keyVariable !== undefined) {
    throw new UsageError(`no key for the ${role}'s model ${model}: the environment variable ${keyVariable} is not set`);
  }
  if (role === "policy" && baseUrl === undefined && (model.includes("/") || apiKey === "")) throw noEndpoint(model);
  if (apiKey === "" && baseUrl === undefined) {
    throw new UsageError(
      `no key for the ${role}'s model ${model}: set the environment variable OPENAI_API_KEY (a file .env here will do), name another variable with ` +
        `${flagOf(`${role}_api_key_env`)}, or an endpoint of your own with ${flagOf(`${role}_base_url`)}. --user scripted needs none of it`,
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
