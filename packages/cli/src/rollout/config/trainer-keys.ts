import { returnDefaults } from "@tau2/gym/internal";
import type { Option, OptionTable } from "../../config/option.ts";

/**
 * The heading of what only a program that changes weights looks at: a rollout checks it, keeps it with the run, and hands it to the
 * `Trainer` where there is one.
 */
export const forTrainers = "For a trainer (checked, kept with the run and handed to --trainer; rollouts alone do not use it)";

const policy = "The policy";
const amount = "How much is played";
const files = "Files";

type More = Pick<Option, "nullable" | "min" | "choices" | "defaultText">;
const integer = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "integer", placeholder: "N", brief, ...more }) as const;
const number = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "number", placeholder: "X", brief, ...more }) as const;
const text = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "text", placeholder: "TEXT", brief, ...more }) as const;
const flag = (brief: string) => ({ group: forTrainers, kind: "switch", brief }) as const;
const maybe = { nullable: true } as const;

/** Keys of `configs/trainer` that rollouts use, with or without a trainer (docs/spec/act-prm.md#15). */
const rolloutKeys = {
  model_name: { group: policy, kind: "text", placeholder: "MODEL", nullable: true, brief: "the policy's model" },
  base_url: {
    group: policy,
    kind: "text",
    placeholder: "URL",
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
  num_tries: { group: amount, kind: "integer", placeholder: "N", min: 1, brief: "how often the whole list is played" },
  eval_num_tries: { group: amount, kind: "integer", placeholder: "N", min: 1, brief: "the same for the lists eval and test" },
  discount_factor: {
    group: "Returns and advantages",
    kind: "number",
    placeholder: "X",
    min: 0,
    brief: "of later rewards, if the generator does not set it",
    defaultText: String(returnDefaults.discountFactor),
  },
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
} as const satisfies OptionTable;

/** Those that have a meaning only while weights change. */
const trainingKeys = {
  trainer_name: text("name of the trainer in act-prm", {
    choices: ["rl", "act_prm", "act_prm_for_sft", "act_prm_sft_eval", "act_prm_sft_rl", "act_prm_joint", "sft", "pt_sft"],
  }),
  eval_every: integer("evaluate before every N-th batch, and before the last; 0 for the last alone", { min: 0, defaultText: "0" }),
  save_every: integer("save before every N-th batch; 0 for never", { min: 0, defaultText: "0" }),
  best_metric: text("the metric of an evaluation that makes a checkpoint the best", { defaultText: "final_reward" }),
  no_initial_eval: flag("leave out the evaluation before the first batch"),
  load_checkpoint_path: text("where to begin from", maybe),
  lora_checkpoint_path: text("where adapters are kept"),
  renderer_name: text("how messages become tokens", maybe),
  lora_rank: integer("of the adapter", { min: 1 }),
  tool_call_kwargs: { group: forTrainers, kind: "object", placeholder: "JSON", brief: "the marks of calls, for act-prm's sampler" },
  learning_rate: number("of the optimizer", { min: 0 }),
  loss_fn: text("the loss"),
  num_substeps: integer("updates in a batch", { min: 1, ...maybe }),
  mini_batch_size: integer("samples in an update", { min: 1, ...maybe }),
  compute_post_kl: flag("measure the change of the policy after each update"),
  kl_penalty_coef: number("weight of the distance to the first policy", { min: 0 }),
  kl_discount_factor: number("of that distance", { min: 0 }),
  advantage_threshold: number("leave out samples below it", maybe),
  hide_observations: flag("hide older observations in training data"),
  hidden_obs_content: text("text in their place"),
  first_obs_to_show: integer("so many messages at the beginning stay", { min: 0 }),
  last_obs_to_show: integer("so many at the end stay", { min: 0 }),
  action_prompts: flag("begin with a stage that learns from prompts of actions"),
  num_batches_action_prompts: integer("batches of that stage", { min: 0 }),
  action_prompt_mini_batch_size: integer("samples in its updates", { min: 1, ...maybe }),
  action_prompt_num_substeps: integer("its updates in a batch", { min: 1, ...maybe }),
  action_prompt_num_epochs: integer("how often it goes over a batch", { min: 1, ...maybe }),
  action_prompt_keep_top_k: integer("learn from the best of a group only", { min: 1, ...maybe }),
  sft_num_batches: integer("batches of supervised fine-tuning", { min: 0, ...maybe }),
  sft_num_substeps: integer("updates in each", { min: 1, ...maybe }),
  sft_eval_every: integer("evaluate it every so many", { min: 0, ...maybe }),
  sft_eval_kwargs: { group: forTrainers, kind: "object", placeholder: "JSON", nullable: true, brief: "how it is evaluated" },
  fp32_loss: flag("compute the loss in single precision"),
  loss_on_past_assistant_messages: flag("learn from every answer in a conversation, not the last alone"),
  num_steps: integer("updates of supervised fine-tuning", { min: 1 }),
  gradient_accumulation_steps: integer("samples in each", { min: 1 }),
  max_input_id_len: integer("leave out longer samples", { min: 1, ...maybe }),
  max_sample_ids: integer("at most so many samples", { min: 1, ...maybe }),
  actions_only: flag("learn from calls, not from words"),
  best_ro_metric: text("the metric that makes a step of fine-tuning the best"),
  eval_gen_every: integer("evaluate answers every so many steps", { min: 0 }),
  eval_rollout_every: integer("evaluate rollouts every so many steps", { min: 0 }),
  eval_rollout_start: integer("from this step on", { min: 0 }),
  num_eval_gen_samples: integer("samples of the one", { min: 1, ...maybe }),
  num_eval_rollout_samples: integer("samples of the other", { min: 1, ...maybe }),
  wandb_project: text("project at Weights & Biases", maybe),
  wandb_name: text("name of the run there", maybe),
} as const satisfies OptionTable;

/** Keys of `configs/trainer`. */
export const trainerKeys = { ...rolloutKeys, ...trainingKeys } as const satisfies OptionTable;

/** Keys of `configs/replay_buffer`. */
export const replayBufferKeys = {
  name: { group: "Files", kind: "text", choices: ["default"], default: "default", brief: "the kind of buffer" },
  max_size: { group: "Files", kind: "number", min: 1, default: 1e10, brief: "steps that are kept, the newest ones" },
} as const satisfies OptionTable;

/** Keys of `configs/model`. A rollout takes the model's name and how it is sampled from; weights are where the endpoint is. */
export const modelKeys = {
  name: { group: forTrainers, kind: "text", brief: "how the model is loaded" },
  model_type: { group: forTrainers, kind: "text", brief: "what kind it is" },
  model_config: { group: "The policy", kind: "object", brief: "its name, as pretrained_model_name_or_path, and how it is loaded" },
  generation_config: {
    group: "The policy",
    kind: "object",
    brief: "temperature, and do_sample: false for temperature 0, if the trainer config does not set it",
  },
} as const satisfies OptionTable;

/** Keys of `configs/lora`. */
export const loraKeys = {
  r: { group: forTrainers, kind: "integer", min: 1, brief: "rank" },
  lora_alpha: { group: forTrainers, kind: "number", min: 0, brief: "scale" },
  lora_dropout: { group: forTrainers, kind: "number", min: 0, brief: "dropout" },
  target_modules: { group: forTrainers, kind: "list", brief: "the layers that get an adapter" },
} as const satisfies OptionTable;

const returns = "Returns and advantages";

/** Keys of `configs/generator` (docs/spec/act-prm.md#11-4, #15). */
export const generatorKeys = {
  name: {
    group: policy,
    kind: "text",
    choices: ["default", "act_prm", "action_prompt_act_prm", "action_prompt_act_prm_nobandit"],
    brief: "how thoughts are made for training; rollouts are the same for all of them",
  },
  enable_thinking: {
    group: policy,
    kind: "switch",
    nullable: true,
    brief: "ask the model's chat template for thinking, or to leave it out",
    defaultText: "as the template has it",
  },
  action_bos: {
    group: policy,
    kind: "text",
    placeholder: "TEXT",
    brief: "where a call begins in the model's words",
    defaultText: "<tool_call>",
  },
  action_eos: { group: policy, kind: "text", placeholder: "TEXT", brief: "where it ends", defaultText: "</tool_call>" },
  streamer: { group: "Episodes", kind: "switch", brief: "like --verbose, with every message in full" },
  verbose: { group: "Episodes", kind: "switch", brief: "show the model's messages and the observations, turn by turn" },
  discount_factor: {
    group: returns,
    kind: "number",
    placeholder: "X",
    min: 0,
    brief: "of later rewards",
    defaultText: String(returnDefaults.discountFactor),
  },
  mean_center: {
    group: returns,
    kind: "switch",
    brief: "advantages are rewards less the mean of their group; without it they are the returns",
  },
  reward_method: {
    group: forTrainers,
    kind: "text",
    placeholder: "METHOD",
    choices: ["action_probs", "em"],
    brief: "how thoughts are rewarded",
  },
  thought_bos: { group: forTrainers, kind: "text", placeholder: "TEXT", brief: "where a thought begins" },
  thought_eos: { group: forTrainers, kind: "text", placeholder: "TEXT", brief: "where it ends" },
  final_answer_bos: { group: forTrainers, kind: "text", placeholder: "TEXT", brief: "what stands before a last answer" },
  name_or_identifier: {
    group: forTrainers,
    kind: "text",
    placeholder: "TEXT",
    nullable: true,
    brief: "shown in act-prm's display",
  },
} as const satisfies OptionTable;
