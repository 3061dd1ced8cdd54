import type { OptionTable } from "../option.ts";
import { roleOptions } from "./model-options.ts";
import { sharedKeys } from "./shared-keys.ts";
import { trainerOnlyKeys } from "./trainer-only-keys.ts";

const policy = "The policy";
const amount = "How much is played";
const files = "Files";

/** Keys of `configs/trainer` (docs/spec/act-prm.md#15). */
export const trainerKeys = {
  model_name: { ...roleOptions.llm, group: policy, nullable: true, brief: "the policy's model" },
  base_url: {
    ...roleOptions.base_url,
    group: policy,
    nullable: true,
    brief: "an OpenAI-compatible endpoint that has it, such as http://127.0.0.1:8000/v1",
    defaultText: "$OPENAI_BASE_URL",
  },
  temperature: {
    group: policy,
    kind: "number",
    placeholder: "X",
    min: 0,
    nullable: true,
    brief: "of its answers",
    defaultText: "the endpoint's",
  },
  max_tokens: {
    group: policy,
    kind: "integer",
    placeholder: "N",
    min: 1,
    nullable: true,
    brief: "of one answer",
    defaultText: "the endpoint's",
  },
  stop_condition: {
    group: policy,
    kind: "list",
    placeholder: "TEXT…",
    nullable: true,
    brief: "texts at which an answer ends",
    defaultText: "the endpoint's",
  },
  num_batches: {
    group: amount,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: 1000,
    brief: "at most so many batches; without a trainer each task is in one of them",
  },
  batch_size: { group: amount, kind: "integer", placeholder: "N", min: 1, default: 16, brief: "tasks in a batch" },
  group_size: { group: amount, kind: "integer", placeholder: "N", min: 1, default: 1, brief: "attempts at each task" },
  eval_group_size: { group: amount, kind: "integer", placeholder: "N", min: 1, default: 1, brief: "the same for the lists eval and test" },
  num_tries: sharedKeys.num_tries,
  eval_num_tries: sharedKeys.eval_num_tries,
  discount_factor: sharedKeys.discount_factor,
  log_path: { group: files, kind: "text", placeholder: "DIR", default: "./logs", brief: "where the folder of the run is made" },
  checkpoint_path: {
    group: files,
    kind: "text",
    placeholder: "DIR",
    default: "./checkpoints",
    brief: "where its replay buffer is kept, and whatever a trainer keeps",
  },
  save_rollouts_every: {
    group: files,
    kind: "integer",
    placeholder: "N",
    min: 0,
    nullable: true,
    brief: "write the steps of every N-th batch to a file of their own",
    defaultText: "never",
  },

  ...trainerOnlyKeys.trainer,
} as const satisfies OptionTable;

/** Keys of `configs/replay_buffer`. */
export const replayBufferKeys = {
  name: { group: "Files", kind: "text", choices: ["default"], default: "default", brief: "the kind of buffer" },
  max_size: { group: "Files", kind: "number", min: 1, default: 1e10, brief: "steps that are kept, the newest ones" },
} as const satisfies OptionTable;

/** Keys of `configs/model`. A rollout takes the model's name and how it is sampled from; weights are where the endpoint is. */
export const modelKeys = {
  ...trainerOnlyKeys.model,
  model_config: { group: "The policy", kind: "object", brief: "its name, as pretrained_model_name_or_path, and how it is loaded" },
  generation_config: {
    group: "The policy",
    kind: "object",
    brief: "temperature, and do_sample: false for temperature 0, if the trainer config does not set it",
  },
} as const satisfies OptionTable;

/** Keys of `configs/lora`. */
export const loraKeys = trainerOnlyKeys.lora;
