import type { OptionTable } from "../option.ts";
import { environmentKeys } from "./environment-keys.ts";
import { generatorKeys } from "./generator-keys.ts";
import { DEFAULT_KEY_VARIABLE, roleOptions } from "./model-options.ts";
import { loraKeys, modelKeys, replayBufferKeys, trainerKeys } from "./trainer-keys.ts";
import { forTrainers } from "./trainer-only-keys.ts";

const configs = "Configurations (a name of configs/…, your own or ours, or the path of a .yaml file)";
const policy = "The policy";
const people = "The user and the judge";
const amount = "How much is played";
const files = "Files";

/** Options of `tau2 rollout` that are not keys of a configuration file (docs/spec/act-prm.md#16). */
export const programOptions = {
  env_config: { group: configs, kind: "text", placeholder: "NAME", brief: "the environment, such as tau2bench/airline" },
  generator_config: { group: configs, kind: "text", placeholder: "NAME", default: "default", brief: "how returns and advantages are made" },
  trainer_config: {
    group: configs,
    kind: "text",
    placeholder: "NAME",
    default: "rollout",
    brief: "how much is played, and how a trainer trains",
  },
  replay_buffer_config: { group: configs, kind: "text", placeholder: "NAME", default: "default", brief: "the replay buffer" },
  eval_env_config: {
    group: configs,
    kind: "text",
    placeholder: "NAME",
    brief: "another environment, whose eval list is played as well",
    defaultText: "none; a trainer's evaluations take the environment's own",
  },
  base_env_config: { group: configs, kind: "text", placeholder: "NAME", brief: "the same, where no --eval-env-config is given" },
  model_config: { group: configs, kind: "text", placeholder: "NAME", brief: "names the policy's model; weights are where the endpoint is" },
  lora_config: { group: configs, kind: "text", placeholder: "NAME", brief: "adapters of a trainer" },

  policy: {
    group: policy,
    kind: "text",
    placeholder: "POLICY",
    choices: ["model", "gold", "noop"],
    default: "model",
    brief: "a model behind an endpoint; or gold, which plays the solutions, or noop, which does nothing: both need no key",
  },
  policy_api_key_env: { ...roleOptions.api_key_env, group: policy, defaultText: DEFAULT_KEY_VARIABLE },
  policy_header: { ...roleOptions.header, group: policy },
  policy_reasoning: { ...roleOptions.reasoning, group: policy },
  policy_args: { ...roleOptions.llm_args, group: policy, brief: "more parameters of its requests" },
  policy_tools: {
    group: policy,
    kind: "text",
    placeholder: "HOW",
    choices: ["native", "text"],
    default: "native",
    brief: "native: the request declares the tools; text: the prompt describes them, and calls are read from the model's text",
  },
  user_api_key_env: {
    ...roleOptions.api_key_env,
    group: people,
    brief: "the environment variable that holds the key of the user's model",
    defaultText: DEFAULT_KEY_VARIABLE,
  },
  judge_api_key_env: {
    ...roleOptions.api_key_env,
    group: people,
    brief: "the same for the judge's model",
    defaultText: DEFAULT_KEY_VARIABLE,
  },
  user_header: { ...roleOptions.header, group: people, brief: "a header of the requests of the user's model; repeat it for more" },
  judge_header: { ...roleOptions.header, group: people, brief: "the same for the judge's model [the user's]" },
  max_concurrency: { group: "Episodes", kind: "integer", placeholder: "N", min: 1, default: 16, brief: "episodes at a time" },

  samples_per_task: {
    group: amount,
    kind: "integer",
    placeholder: "N",
    min: 1,
    aliasOf: "group_size",
    brief: "the same as --group-size",
  },
  eval_samples_per_task: {
    group: amount,
    kind: "integer",
    placeholder: "N",
    min: 1,
    aliasOf: "eval_group_size",
    brief: "the same as --eval-group-size",
  },
  tasks_per_update: {
    group: amount,
    kind: "integer",
    placeholder: "N",
    min: 1,
    aliasOf: "batch_size",
    brief: "the same as --batch-size",
  },

  project_name: { group: files, kind: "text", placeholder: "NAME", brief: "stands at the beginning of the run's name" },
  replicate: {
    group: files,
    kind: "text",
    placeholder: "NAME",
    default: "0",
    brief: "distinguishes runs of the same settings; part of the run's name",
  },
  run_name: {
    group: files,
    kind: "text",
    placeholder: "NAME",
    brief: "the run's folder under --log-path",
    defaultText: "environment, model, seed, replicate, time",
  },
  resume_run: { group: files, kind: "switch", brief: "resume the run of --run-name, or the newest one with these settings" },
} as const satisfies OptionTable;

/** The option that names a program which changes weights. */
export const trainerOption = {
  trainer: {
    group: forTrainers,
    kind: "text",
    placeholder: "FILE",
    brief: "a module (.ts, .js, .mjs) that exports a Trainer: it gets every batch, and may name another model to continue with",
  },
} as const satisfies OptionTable;

const { name: _environment, tool_role: _role, pretrained_model_config: _tokenizer, ...environment } = environmentKeys;
const { name: _generator, ...generator } = generatorKeys;

/**
 * Everything that `tau2 rollout` takes: its own options, and the keys of the files for environment, generator and trainer, each of which
 * overrides the key of its name in all of them.
 */
export const rolloutOptions = {
  // Twice, since a key stands where it came first, and means what it meant last.
  ...programOptions,
  ...environment,
  ...generator,
  ...trainerOption,
  ...trainerKeys,
  ...generator,
  ...environment,
} as const;

/** A kind of configuration file of a rollout. */
export interface ConfigGroup<T extends OptionTable> {
  /** Folder under `configs`. */
  readonly folder: string;
  readonly keys: T;
  /** Options that name the file; the first that has a value counts. */
  readonly namedBy: readonly (keyof typeof programOptions & `${string}_config`)[];
  /** True if the options of its keys override the file. */
  readonly takesFlags: boolean;
}

/** The kinds of configuration files of a rollout. */
export const configGroups = {
  environment: { folder: "environments", keys: environmentKeys, namedBy: ["env_config"], takesFlags: true },
  eval_environment: { folder: "environments", keys: environmentKeys, namedBy: ["eval_env_config", "base_env_config"], takesFlags: true },
  generator: { folder: "generator", keys: generatorKeys, namedBy: ["generator_config"], takesFlags: true },
  trainer: { folder: "trainer", keys: trainerKeys, namedBy: ["trainer_config"], takesFlags: true },
  replay_buffer: { folder: "replay_buffer", keys: replayBufferKeys, namedBy: ["replay_buffer_config"], takesFlags: false },
  model: { folder: "model", keys: modelKeys, namedBy: ["model_config"], takesFlags: false },
  lora: { folder: "lora", keys: loraKeys, namedBy: ["lora_config"], takesFlags: false },
} as const satisfies Readonly<Record<string, ConfigGroup<OptionTable>>>;
