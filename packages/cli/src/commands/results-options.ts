import type { OptionTable } from "../config/option.ts";
import { runOptions } from "../config/run-options.ts";
import { inspectOptions } from "./inspect-options.ts";

const options = "Options";

const domain = {
  group: options,
  kind: "text",
  placeholder: "NAME|FILE",
  brief: "the domain in which the run is graded or played",
  defaultText: "the run's own",
} as const;
const data = { ...inspectOptions.data, group: options } as const;

/** Options of `tau2 metrics`. */
export const metricsOptions = {
  by_task: { group: options, kind: "switch", default: false, brief: "how each task went, too" },
} as const satisfies OptionTable;

const judge = {
  ...runOptions.judge_llm,
  brief: "the model that judges natural-language assertions again",
  defaultText: "the recorded verdicts are kept",
} as const;
const { judge_llm_args, judge_prompt, base_url, judge_base_url, api_key_env, judge_api_key_env, request_timeout } = runOptions;

/** Options of `tau2 evaluate`. */
export const evaluateOptions = {
  output: {
    group: options,
    kind: "text",
    placeholder: "DIR",
    brief: "write each outcome as updated_<file> into this directory",
    defaultText: "nothing is written",
  },
  fresh_tasks: {
    group: options,
    kind: "switch",
    default: false,
    brief: "grade by the tasks of the domain's data, not by those stored with the run",
  },
  lenient: {
    group: options,
    kind: "switch",
    default: false,
    brief: "ignore tools that no longer answer as recorded, as tau2-bench does",
  },
  domain,
  data,
  judge_llm: { ...judge, group: "Judge" },
  judge_llm_args: { ...judge_llm_args, group: "Judge" },
  judge_prompt: { ...judge_prompt, group: "Judge" },
  base_url: { ...base_url, group: "Judge" },
  judge_base_url: { ...judge_base_url, group: "Judge" },
  api_key_env: { ...api_key_env, group: "Judge" },
  judge_api_key_env: { ...judge_api_key_env, group: "Judge" },
  request_timeout: { ...request_timeout, group: "Judge" },
} as const satisfies OptionTable;

/** Options of `tau2 compare`. */
export const compareOptions = {
  force: { group: options, kind: "switch", default: false, brief: "compare runs over different data as well" },
} as const satisfies OptionTable;

/** Options of `tau2 replay`. */
export const replayOptions = {
  task_id: { group: options, kind: "text", placeholder: "ID", brief: "a simulation of this task" },
  trial: { group: options, kind: "integer", placeholder: "N", min: 1, brief: "… of this trial, counted from 1" },
  id: { group: options, kind: "text", placeholder: "ID", brief: "the simulation of this id" },
  full: { group: options, kind: "switch", default: false, brief: "long answers of tools in full" },
  domain,
  data,
} as const satisfies OptionTable;

/** Options of `tau2 convert`. */
export const convertOptions = {
  to: {
    group: options,
    kind: "text",
    placeholder: "LAYOUT",
    choices: ["json", "dir"],
    brief: "json (one file) or dir (a file for each simulation)",
    defaultText: "the other one",
  },
  no_backup: { group: options, kind: "switch", default: false, brief: "do not keep copies of the old files" },
} as const satisfies OptionTable;

/** Options of `tau2 baselines`. */
export const baselinesOptions = {
  domain: { ...domain, brief: "only this domain", defaultText: "all that come with the packages" },
  task_split_name: { ...runOptions.task_split_name, group: options },
  data,
} as const satisfies OptionTable;
