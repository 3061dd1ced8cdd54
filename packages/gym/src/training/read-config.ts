import { parseData } from "@tau2/domains/internal";
import { z } from "zod";
import { defaultConfig, type Tau2BenchConfig, type Tau2BenchKeywords } from "./config.ts";
import { checkKeywords } from "./keywords.ts";

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
