import { type Domain, type DomainData, type JsonObject, Tau2Error } from "@tau2/domains";
import { builtInDomains } from "@tau2/domains/built-in";
import { parseData, didYouMean } from "@tau2/domains/internal";
import type { UserGuidelines } from "@tau2/user-sim";
import { z } from "zod";
import type { JudgeOption, UserOption } from "../env/options.ts";
import { checkKeywords } from "./keywords.ts";
import type { TaskListName, TaskListOptions } from "./task-lists.ts";

/** Where a model is asked. The original takes this from the process's environment alone. */
export interface EndpointKeywords {
  /** Of any OpenAI-compatible endpoint, such as `http://127.0.0.1:8000/v1`. By default `OPENAI_BASE_URL`, then OpenAI's. */
  user_base_url: string | null;
  /** By default `OPENAI_API_KEY`. An endpoint of your own needs none. */
  user_api_key: string | null;
  /** By default the user's. */
  judge_base_url: string | null;
  judge_api_key: string | null;
  /** Seconds for one request. By default 300. */
  request_timeout: number;
  /** Further attempts after a transient failure. By default 3. */
  max_retries: number;
}

/** Keywords of `getEnv("tau2bench", …)` with their defaults filled in (docs/spec/act-prm.md#2). */
export interface Tau2BenchConfig extends TaskListOptions, EndpointKeywords {
  /** `airline` (default), `retail`, `telecom`, `telecom-workflow`, `mock`, or a domain of one's own. */
  domain: string | Domain;
  /** The domain's data; by default it is loaded, from `data_dir` if that is given. */
  data: DomainData | null;
  /** Left out: `TAU2_DATA_DIR`, then the starter data. Null: the starter data, whatever `TAU2_DATA_DIR` says. */
  data_dir: string | null | undefined;

  /** The model of the simulated user. By default `gpt-4.1-2025-04-14`. */
  user_llm: string;
  /** Sent with each of its requests. Null and `{}` are temperature 0. */
  user_llm_args: JsonObject | null;
  /** Who plays the user instead, without a key: `"scripted"`, a user as a value, or a function that makes one for each episode. Or a model as a value. */
  user: "scripted" | UserOption | null;
  /** What the user's model is told about its part; by default the data directory's text, then ours. */
  user_guidelines: string | UserGuidelines | null;
  /** The model that judges assertions in natural language. By default the user's. */
  judge_llm: string | null;
  /** Null is temperature 0. */
  judge_llm_args: JsonObject | null;
  /** Who judges instead: a judge, or a model, as a value. */
  judge: JudgeOption | null;
  /** What becomes of tasks that need a judge where there is none: an error at their reset (default), or the assertions do not count. */
  without_judge: "error" | "not_graded";

  /** Messages, and rounds of tool answers, after which the conversation ends. By default 50. */
  max_steps: number;
  /** Turns of the model; one more is played, and then the episode is truncated. By default 30. */
  max_turns: number;
  /** Kept for a trainer to read; the environment does not use it. */
  num_tries: number;
  /** Kept for a trainer to read; the environment does not use it. */
  eval_num_tries: number;
  /** Plus the sample's index it is the seed of whoever has a model in an episode. By default 0. */
  seed: number;
  /** Of `shuffle`. By default `seed`. */
  data_seed: number | null;
  /** Which list is drawn from at first. By default `train`. */
  split: TaskListName;
  /** First part of the system prompt. */
  system_prompt: string;
  /** Said when the turns are used up; `{max_turns}` is filled in. */
  truncation_message: string;

  /** True if older observations are hidden from what the model is shown. By default false. */
  hide_observations: boolean;
  hidden_obs_content: string;
  /** For `maybeHideObservations`; a state brings its own. By default 1. */
  first_obs_to_show: number;
  last_obs_to_show: number;

  /** Kept for a trainer to read: messages of tools have the role `tool` here, whatever it says. */
  tool_role: string;
  /** Kept for a trainer to read. */
  pretrained_model_config: JsonObject | null;
  /** True if `log` is told of the very first reset as well. By default false. */
  verbose: boolean;
  /** Gets lines for people. By default nobody does. */
  log: ((line: string) => void) | null;
  /** Makes the n-th id that tools ask for; by default the same hexadecimal digits in every episode. */
  new_id: ((n: number) => string) | null;
}

/** Keywords of `getEnv("tau2bench", …)`; all may be left out. */
export type Tau2BenchKeywords = { [K in keyof Tau2BenchConfig]?: Tau2BenchConfig[K] | undefined } & {
  /** As in a configuration file: `tau2bench`. */
  name?: "tau2bench" | undefined;
  is_async?: boolean | undefined;
};

/** What holds where a keyword is left out. */
export const defaultConfig: Tau2BenchConfig = {
  domain: "airline",
  data: null,
  data_dir: undefined,
  user_llm: "gpt-4.1-2025-04-14",
  user_llm_args: null,
  user: null,
  user_guidelines: null,
  user_base_url: null,
  user_api_key: null,
  judge_llm: null,
  judge_llm_args: null,
  judge: null,
  judge_base_url: null,
  judge_api_key: null,
  without_judge: "error",
  request_timeout: 300,
  max_retries: 3,
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
const object = z.record(z.string(), z.json());
const custom = z.custom<never>(
  (value) => (typeof value === "object" && value !== null) || typeof value === "function",
  "must be a value of that kind",
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
  judge_llm: text.min(1).nullable(),
  judge_llm_args: object.nullable(),
  judge: custom.nullable(),
  judge_base_url: text.nullable(),
  judge_api_key: text.nullable(),
  without_judge: z.enum(["error", "not_graded"]),
  request_timeout: z.number().positive(),
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

/** The keywords of `getEnv("tau2bench", …)`, in the order in which help texts list them. */
export const tau2BenchKeywords: readonly string[] = ["name", "is_async", ...Object.keys(shape)];

/**
 * Keywords with what was left out filled in.
 * @throws Tau2Error `invalid` naming a keyword that does not exist, with the nearest that does, or one whose value is of the wrong kind
 */
export function readConfig(keywords: Tau2BenchKeywords): Tau2BenchConfig {
  checkKeywords('getEnv("tau2bench")', keywords, tau2BenchKeywords);
  const given = Object.fromEntries(Object.entries(keywords).filter(([, value]) => value !== undefined));
  const config = { ...defaultConfig, ...given };
  parseData(schema, config, "environment config");
  return config;
}

/** A domain by its name, or as it is. @throws Tau2Error `not_found` naming the domain that was probably meant */
export function findDomain(domain: string | Domain): Domain {
  if (typeof domain !== "string") return domain;
  const found = builtInDomains.find(({ name }) => name === domain);
  if (found) return found;
  const names = builtInDomains.map(({ name }) => name);
  const hint = didYouMean(domain, names) || `; there are ${names.join(", ")}.`;
  throw new Tau2Error("not_found", `no domain '${domain}'${hint} A domain of your own is given as a value`);
}
