import { type Domain, type DomainData, type JsonObject, Tau2Error } from "@tau2/domains";
import { builtInDomains } from "@tau2/domains/built-in";
import { parseData, didYouMean, findSecretArgument } from "@tau2/domains/internal";
import { modelDefaults } from "@tau2/user-sim/defaults";
import type { UserGuidelines } from "@tau2/user-sim/internal";
import { z } from "zod";
import type { JudgeOption, UserOption } from "../env/options.ts";
import { checkKeywords } from "./keywords.ts";
import type { TaskListName, TaskListOptions } from "./task-lists.ts";

/** Endpoints of the models. act-prm takes them only from the environment of the process. */
export interface EndpointKeywords {
  /** URL of any OpenAI-compatible endpoint, such as `http://127.0.0.1:8000/v1`. Default: `OPENAI_BASE_URL`, then OpenAI's. */
  user_base_url: string | null;
  /** Default: `OPENAI_API_KEY`. Your own endpoint does not need one. */
  user_api_key: string | null;
  /** Headers of the requests by name, such as `{ "api-key": … }`. They are never stored. Default: none. */
  user_headers: Readonly<Record<string, string>> | null;
  /** Default: the user's. */
  judge_base_url: string | null;
  judge_api_key: string | null;
  judge_headers: Readonly<Record<string, string>> | null;
  /** Timeout of one request in seconds. Default: 300. */
  request_timeout: number;
  /** Size in bytes at which an answer is cut off, a fault that is not retried. Default: 32,000,000. */
  max_response_bytes: number;
  /** Retries after a transient failure. Default: 3. */
  max_retries: number;
}

/** Keywords of `getEnv("tau2bench", …)`, composed with their defaults (docs/spec/act-prm.md#2). */
export interface Tau2BenchConfig extends TaskListOptions, EndpointKeywords {
  /** `airline` (default), `retail`, `telecom`, `telecom-workflow`, `mock`, or your own domain as a value. */
  domain: string | Domain;
  /** Data of the domain. Default: loaded from `data_dir`. */
  data: DomainData | null;
  /** Undefined: `TAU2_DATA_DIR`, then the starter data. Null: the starter data, without `TAU2_DATA_DIR`. */
  data_dir: string | null | undefined;

  /** Model of the simulated user. Default: `gpt-4.1-2025-04-14`. */
  user_llm: string;
  /** Parameters of each of its requests. Null and `{}` mean temperature 0. */
  user_llm_args: JsonObject | null;
  /**
   * User in place of `user_llm`: `"scripted"`, which does not need a key, a user or a model as a value, or a function that creates a user
   * for each episode.
   */
  user: "scripted" | UserOption | null;
  /** Guidelines of the user's model. Default: those of the data directory, then ours. */
  user_guidelines: string | UserGuidelines | null;
  /** Model that judges natural-language assertions. Default: the user's. */
  judge_llm: string | null;
  /** Null means temperature 0. */
  judge_llm_args: JsonObject | null;
  /** Judge in place of `judge_llm`: a judge or a model, as a value. */
  judge: JudgeOption | null;
  /** Handling of tasks that require a missing judge: an error on reset (default), or their assertions do not count. */
  without_judge: "error" | "not_graded";

  /** Number of messages and rounds of tool results that ends the conversation. Default: 50. */
  max_steps: number;
  /** Turns of the model. The episode is truncated after one more. Default: 30. */
  max_turns: number;
  /** For trainers; the environment ignores it. */
  num_tries: number;
  /** For trainers; the environment ignores it. */
  eval_num_tries: number;
  /** Added to the index of the sample, the seed of the models in an episode. Default: 0. */
  seed: number;
  /** Seed of `shuffle`. Default: `seed`. */
  data_seed: number | null;
  /** Initial list of tasks. Default: `train`. */
  split: TaskListName;
  /** First part of the system prompt. */
  system_prompt: string;
  /** Message after the last turn; `{max_turns}` is filled in. */
  truncation_message: string;

  /** True to hide older observations from the model. Default: false. */
  hide_observations: boolean;
  hidden_obs_content: string;
  /** For `maybeHideObservations`; states have their own. Default: 1. */
  first_obs_to_show: number;
  last_obs_to_show: number;

  /** For trainers; messages of tools always have the role `tool`. */
  tool_role: string;
  /** For trainers; the environment ignores it. */
  pretrained_model_config: JsonObject | null;
  /** True to log the first reset as well. Default: false. */
  verbose: boolean;
  /** Receives lines for people. Default: none. */
  log: ((line: string) => void) | null;
  /** Creates the n-th id that tools request. Default: the same hexadecimal ids in every episode. */
  new_id: ((n: number) => string) | null;
}

/** Keywords of `getEnv("tau2bench", …)`; all are optional. */
export type Tau2BenchKeywords = { [K in keyof Tau2BenchConfig]?: Tau2BenchConfig[K] | undefined } & {
  /** Environment of a configuration file: `tau2bench`. */
  name?: "tau2bench" | undefined;
  is_async?: boolean | undefined;
};

/** Defaults of all keywords. */
export const defaultConfig: Tau2BenchConfig = {
  domain: "airline",
  data: null,
  data_dir: undefined,
  user_llm: modelDefaults.model,
  user_llm_args: null,
  user: null,
  user_guidelines: null,
  user_base_url: null,
  user_api_key: null,
  user_headers: null,
  judge_llm: null,
  judge_llm_args: null,
  judge: null,
  judge_base_url: null,
  judge_api_key: null,
  judge_headers: null,
  without_judge: "error",
  request_timeout: modelDefaults.timeoutMs / 1000,
  max_response_bytes: modelDefaults.maxResponseBytes,
  max_retries: modelDefaults.maxRetries,
  task_split: null,
  num_train_tasks: 100,
  num_val_tasks: null,
  num_test_tasks: 100,
  max_steps: 50,
  max_turns: 30,
  num_tries: 1,
  eval_num_tries: 1,
  seed: 0,
  data_seed: null,
  split: "train",
  system_prompt: "You are a helpful customer service agent.",
  truncation_message: "Sorry, task not solved in max turns = {max_turns} allowed. Please try again.",
  hide_observations: false,
  hidden_obs_content: "...",
  first_obs_to_show: 1,
  last_obs_to_show: 0,
  tool_role: "tool",
  pretrained_model_config: null,
  verbose: false,
  log: null,
  new_id: null,
};

const count = z.int().min(0);
const text = z.string();
const headers = z.record(z.string().min(1), z.string());
const object = z.record(z.string(), z.json());
const custom = z.custom<never>(
  (value) => (typeof value === "object" && value !== null) || typeof value === "function",
  "must be an object or a function",
);
const callable = z.custom<never>((value) => typeof value === "function", "must be a function");

const shape: Record<keyof Tau2BenchConfig, z.ZodType> = {
  domain: z.union([text, custom], "must be a domain's name, or a domain"),
  data: custom.nullable(),
  data_dir: text.nullish(),
  user_llm: text.min(1),
  user_llm_args: object.nullable(),
  user: z.union([z.literal("scripted"), custom], 'must be "scripted", a user, a model, or a function that makes a user').nullable(),
  user_guidelines: z.union([text, z.object({ plain: text, tools: text })]).nullable(),
  user_base_url: text.nullable(),
  user_api_key: text.nullable(),
  user_headers: headers.nullable(),
  judge_llm: text.min(1).nullable(),
  judge_llm_args: object.nullable(),
  judge: custom.nullable(),
  judge_base_url: text.nullable(),
  judge_api_key: text.nullable(),
  judge_headers: headers.nullable(),
  without_judge: z.enum(["error", "not_graded"]),
  request_timeout: z.number().positive(),
  max_response_bytes: z.int().min(1),
  max_retries: count,
  task_split: text.nullable(),
  num_train_tasks: count,
  num_val_tasks: count.nullable(),
  num_test_tasks: count,
  max_steps: z.int().min(1),
  max_turns: count,
  num_tries: count,
  eval_num_tries: count,
  seed: z.int(),
  data_seed: z.int().nullable(),
  split: z.enum(["train", "eval", "test"]),
  system_prompt: text,
  truncation_message: text,
  hide_observations: z.boolean(),
  hidden_obs_content: text,
  first_obs_to_show: count,
  last_obs_to_show: count,
  tool_role: text,
  pretrained_model_config: object.nullable(),
  verbose: z.boolean(),
  log: callable.nullable(),
  new_id: callable.nullable(),
};
const schema = z.object(shape);

/** Keywords of `getEnv("tau2bench", …)`, in the order of help texts. */
export const tau2BenchKeywords: readonly string[] = ["name", "is_async", ...Object.keys(shape)];

/**
 * Composes keywords with their defaults.
 * @throws Tau2Error `invalid` for an unknown keyword, naming the nearest known one, for a value of the wrong type, or for a key, an address or
 * headers among the parameters of a model
 */
export function readConfig(keywords: Tau2BenchKeywords): Tau2BenchConfig {
  checkKeywords('getEnv("tau2bench")', keywords, tau2BenchKeywords);
  const given = Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
  const config = { ...defaultConfig, ...given };
  parseData(schema, config, "environment config");
  refuseSecrets("user", config.user_llm_args);
  refuseSecrets("judge", config.judge_llm_args);
  return config;
}

/** Refuses what LiteLLM takes among the parameters of a model: parameters are stored with a run, keys must not be. */
function refuseSecrets(role: "user" | "judge", args: JsonObject | null): void {
  const found = findSecretArgument(args);
  if (found === null) return;
  const keywords = {
    key: `${role}_api_key, or the environment variable OPENAI_API_KEY`,
    address: `${role}_base_url`,
    headers: `${role}: openAiModel({ model, headers })`,
  };
  throw new Tau2Error("invalid", `${role}_llm_args must not contain '${found.path}', because it is stored: use ${keywords[found.kind]}`);
}

/** Returns a domain by its name, or the given domain. @throws Tau2Error `not_found` naming the nearest domain */
export function findDomain(domain: string | Domain): Domain {
  if (typeof domain !== "string") return domain;
  const found = builtInDomains.find(({ name }) => name === domain);
  if (found) return found;
  const names = builtInDomains.map(({ name }) => name);
  const hint = didYouMean(domain, names) || `; use one of ${names.join(", ")}.`;
  throw new Tau2Error("not_found", `unknown domain '${domain}'${hint} Pass your own domain as a value`);
}
