import { returnDefaults } from "@tau2/gym/defaults";
import type { OptionTable } from "../option.ts";

/** Keys that several configuration files of a rollout have, with one meaning. An option of that name sets all of them. */
export const sharedKeys = {
  num_tries: { group: "Episodes", kind: "integer", placeholder: "N", min: 1, brief: "how often the whole list is played" },
  eval_num_tries: { group: "Episodes", kind: "integer", placeholder: "N", min: 1, brief: "how often it is played in an evaluation" },
  verbose: { group: "Episodes", kind: "switch", brief: "show the model's messages and the observations, turn by turn" },
  discount_factor: {
    group: "Returns and advantages",
    kind: "number",
    placeholder: "X",
    min: 0,
    brief: "of later rewards",
    defaultText: String(returnDefaults.discountFactor),
  },
  hide_observations: { group: "What the model is shown", kind: "switch", brief: "hide older observations" },
  hidden_obs_content: { group: "What the model is shown", kind: "text", placeholder: "TEXT", brief: "text in their place" },
  first_obs_to_show: {
    group: "What the model is shown",
    kind: "integer",
    placeholder: "N",
    min: 0,
    brief: "so many messages at the beginning stay (an episode says 2 itself, which wins)",
  },
  last_obs_to_show: { group: "What the model is shown", kind: "integer", placeholder: "N", min: 0, brief: "so many at the end stay" },
} as const satisfies OptionTable;
