import type { Option, OptionTable } from "../option.ts";
import { sharedKeys } from "./shared-keys.ts";

/**
 * The heading of what only a program that changes weights looks at: a rollout checks it, keeps it with the run, and hands it to the
 * `Trainer` where there is one.
 */
export const forTrainers = "For a trainer (checked, kept with the run and handed to --trainer; rollouts alone do not use it)";

type More = Pick<Option, "nullable" | "min" | "choices" | "defaultText">;
const integer = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "integer", placeholder: "N", brief, ...more }) as const;
const number = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "number", placeholder: "X", brief, ...more }) as const;
const text = (brief: string, more: More = {}) => ({ group: forTrainers, kind: "text", placeholder: "TEXT", brief, ...more }) as const;
const flag = (brief: string) => ({ group: forTrainers, kind: "switch", brief }) as const;
const maybe = { nullable: true } as const;

/** Keys of act-prm's configurations that rollouts accept without a use of their own, by the kind of configuration (docs/spec/act-prm.md#15). */
export const trainerOnlyKeys = {
  environment: {
    tool_role: { group: forTrainers, kind: "text", brief: "the role of tools' messages; here it is tool, whatever this says" },
    pretrained_model_config: { group: forTrainers, kind: "object", nullable: true, brief: "the model whose tokenizer a trainer loads" },
  },
  generator: {
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
  },
  trainer: {
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
    hide_observations: sharedKeys.hide_observations,
    hidden_obs_content: sharedKeys.hidden_obs_content,
    first_obs_to_show: sharedKeys.first_obs_to_show,
    last_obs_to_show: sharedKeys.last_obs_to_show,
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
  },
  model: {
    name: { group: forTrainers, kind: "text", brief: "how the model is loaded" },
    model_type: { group: forTrainers, kind: "text", brief: "what kind it is" },
  },
  lora: {
    r: { group: forTrainers, kind: "integer", min: 1, brief: "rank" },
    lora_alpha: { group: forTrainers, kind: "number", min: 0, brief: "scale" },
    lora_dropout: { group: forTrainers, kind: "number", min: 0, brief: "dropout" },
    target_modules: { group: forTrainers, kind: "list", brief: "the layers that get an adapter" },
  },
} as const satisfies Readonly<Record<string, OptionTable>>;
