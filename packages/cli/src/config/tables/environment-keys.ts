import { modelDefaults } from "@tau2/user-sim/defaults";
import type { OptionTable } from "../option.ts";
import { roleOptions } from "./model-options.ts";
import { sharedKeys } from "./shared-keys.ts";
import { trainerOnlyKeys } from "./trainer-only-keys.ts";

const tasks = "Tasks";
const people = "The user and the judge";
const episode = "Episodes";
const shown = "What the model is shown";

/** Keys of `configs/environments`: keywords of `getEnv("tau2bench", …)` that a file can hold (docs/spec/act-prm.md#2, #15). */
export const environmentKeys = {
  name: { group: tasks, kind: "text", choices: ["tau2bench"], brief: "the environment" },
  domain: { group: tasks, kind: "text", placeholder: "NAME", brief: "airline, retail, telecom, telecom-workflow or mock" },
  data_dir: {
    group: tasks,
    kind: "text",
    placeholder: "DIR",
    nullable: true,
    brief: "a data directory laid out like tau2-bench's; none for the starter data",
    defaultText: "$TAU2_DATA_DIR, then the starter data",
  },
  task_split: {
    group: tasks,
    kind: "text",
    placeholder: "NAME",
    nullable: true,
    brief: "cut both lists of tasks from this split; none for the data's own train and test split",
    defaultText: "none",
  },
  num_train_tasks: { group: tasks, kind: "integer", placeholder: "N", min: 0, brief: "at most so many tasks to train on" },
  num_val_tasks: {
    group: tasks,
    kind: "integer",
    placeholder: "N",
    min: 0,
    nullable: true,
    brief: "take the eval list from the end of train; none: eval is the test list",
    defaultText: "none",
  },
  num_test_tasks: { group: tasks, kind: "integer", placeholder: "N", min: 0, brief: "at most so many tasks to test on" },
  split: {
    group: tasks,
    kind: "text",
    placeholder: "LIST",
    choices: ["train", "eval", "test"],
    brief: "which list is played",
    defaultText: "train",
  },
  data_seed: {
    group: tasks,
    kind: "integer",
    placeholder: "N",
    nullable: true,
    brief: "order in which a trainer's batches take the tasks",
    defaultText: "--seed",
  },

  user: {
    group: people,
    kind: "text",
    placeholder: "USER",
    choices: ["scripted"],
    nullable: true,
    brief: "scripted: a user without a model",
  },
  user_llm: { ...roleOptions.llm, group: people, brief: "the model that plays the user" },
  user_llm_args: { ...roleOptions.llm_args, group: people, nullable: true },
  user_base_url: { ...roleOptions.base_url, group: people, nullable: true, defaultText: "$OPENAI_BASE_URL, then OpenAI" },
  user_guidelines: {
    group: people,
    kind: "text",
    placeholder: "TEXT",
    nullable: true,
    brief: "instructions for its part, in place of the default ones",
  },
  judge_llm: {
    ...roleOptions.llm,
    group: people,
    nullable: true,
    brief: "the model that judges natural-language assertions",
    defaultText: "the user's",
  },
  judge_llm_args: { ...roleOptions.llm_args, group: people, nullable: true },
  judge_base_url: { ...roleOptions.base_url, group: people, nullable: true, defaultText: "the user's" },
  without_judge: {
    group: people,
    kind: "text",
    placeholder: "WHAT",
    choices: ["error", "not_graded"],
    brief: "tasks that need a judge without one: an error, or not_graded, which leaves that part out of the reward",
    defaultText: "error, once a model is named",
  },
  request_timeout: { ...roleOptions.request_timeout, group: people, brief: "the longest that one request to any model may take" },
  max_response_bytes: { ...roleOptions.max_response_bytes, group: people },
  max_retries: {
    group: people,
    kind: "integer",
    placeholder: "N",
    min: 0,
    default: modelDefaults.maxRetries,
    brief: "how often a request is tried again that failed on its way",
  },

  is_async: {
    group: episode,
    kind: "switch",
    brief: "play many tasks at the same time; without it tasks run one after the other, attempts of a task concurrently",
  },
  seed: {
    group: episode,
    kind: "integer",
    placeholder: "N",
    min: 0,
    default: 0,
    brief: "everything random is derived from it: seeds of models, orders",
  },
  max_steps: { group: episode, kind: "integer", placeholder: "N", min: 1, brief: "messages of a conversation after which it is cut off" },
  max_turns: { group: episode, kind: "integer", placeholder: "N", min: 0, brief: "turns of the model; one more is played" },

  system_prompt: {
    group: shown,
    kind: "text",
    placeholder: "TEXT",
    brief: "beginning of the system prompt; the policy and the rules of its tools follow",
  },
  truncation_message: {
    group: shown,
    kind: "text",
    placeholder: "TEXT",
    brief: "message when its turns are used up; {max_turns} is filled in",
  },
  hide_observations: sharedKeys.hide_observations,
  hidden_obs_content: sharedKeys.hidden_obs_content,
  first_obs_to_show: sharedKeys.first_obs_to_show,
  last_obs_to_show: sharedKeys.last_obs_to_show,

  num_tries: sharedKeys.num_tries,
  eval_num_tries: sharedKeys.eval_num_tries,
  ...trainerOnlyKeys.environment,
  verbose: sharedKeys.verbose,
} as const satisfies OptionTable;
