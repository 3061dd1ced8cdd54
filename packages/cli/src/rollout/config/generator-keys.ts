import type { OptionTable } from "../../config/option.ts";
import { forTrainers } from "./for-trainers.ts";

const policy = "The policy";
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
  verbose: { group: "Episodes", kind: "switch", brief: "show what the model says and what comes back, turn by turn" },
  discount_factor: { group: returns, kind: "number", placeholder: "X", min: 0, brief: "of later rewards", defaultText: "0.9" },
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
    brief: "stands in the display of the original",
  },
} as const satisfies OptionTable;
