import type { OpenAiModelOptions } from "@tau2/user-sim";
import { flagOf } from "../config/option.ts";
import type { RoleEndpoint } from "./endpoint.ts";

/** A model's options as a command line gives them; its errors name the options of the command line. @param seconds for one request; 300 by default */
export function modelOptions({ role, model, baseUrl, apiKey }: RoleEndpoint, seconds = 300): OpenAiModelOptions {
  return {
    model,
    baseUrl,
    apiKey,
    timeoutMs: seconds * 1000,
    advice: {
      timeout: flagOf("request_timeout"),
      key: `the environment variable OPENAI_API_KEY, or the one that ${flagOf(`${role}_api_key_env`)} names`,
      parameters: flagOf(role === "policy" ? "policy_args" : `${role}_llm_args`),
      concurrency: flagOf("max_concurrency"),
    },
  };
}
