import type { OptionTable } from "../option.ts";
import { sharedKeys } from "./shared-keys.ts";
import { trainerOnlyKeys } from "./trainer-only-keys.ts";

const policy = "The policy";

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
  verbose: sharedKeys.verbose,
  discount_factor: sharedKeys.discount_factor,
  mean_center: {
    group: "Returns and advantages",
    kind: "switch",
    brief: "advantages are rewards less the mean of their group; without it they are the returns",
  },
  ...trainerOnlyKeys.generator,
} as const satisfies OptionTable;
