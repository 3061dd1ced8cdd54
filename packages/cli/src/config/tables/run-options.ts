import { runDefaults } from "@tau2/orchestrator/defaults";
import { modelDefaults } from "@tau2/user-sim/defaults";
import type { ComposedValues, OptionTable } from "../option.ts";
import { DEFAULT_KEY_VARIABLE, defaultParameters, roleOptions } from "./model-options.ts";

const what = "What to run";
const roles = "Who takes part";
const endpoints = "Where the models are";
const run = "How to run";
const goingOn = "Resuming a run";
const files = "Files";

const llm = { ...roleOptions.llm, group: roles, defaultText: modelDefaults.model } as const;
const llmArgs = { ...roleOptions.llm_args, group: roles, defaultText: JSON.stringify(defaultParameters) } as const;
const baseUrl = { ...roleOptions.base_url, group: endpoints } as const;
const header = { ...roleOptions.header, group: endpoints } as const;
const reasoning = { ...roleOptions.reasoning, group: endpoints } as const;
const keyVariable = { ...roleOptions.api_key_env, group: endpoints } as const;

/** Options of a run, on the command line and in configuration files. Names are tau2-bench's (docs/spec/core.md#12). */
export const runOptions = {
  domain: {
    group: what,
    kind: "text",
    placeholder: "NAME|FILE",
    brief: "a domain by name, or a module (.ts, .js, .mjs) that exports one of your own",
  },
  task_set_name: {
    group: what,
    kind: "text",
    placeholder: "NAME",
    brief: "take the tasks of this domain",
    defaultText: "the domain's own",
  },
  task_split_name: {
    group: what,
    kind: "text",
    placeholder: "NAME",
    nullable: true,
    brief: "train, test, base, … or none for all tasks",
    defaultText: "base, where there is one",
  },
  task_ids: { group: what, kind: "list", placeholder: "ID…", brief: "only these tasks" },
  num_tasks: { group: what, kind: "integer", placeholder: "N", min: 1, nullable: true, brief: "only the first N of them" },
  num_trials: {
    group: what,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: 1,
    brief: "how often each task is played; pass^k needs at least k",
  },

  agent: {
    group: roles,
    kind: "text",
    placeholder: "AGENT",
    brief:
      "gold (plays the solution), noop, llm_agent, llm_agent_gt, llm_agent_solo, a module (.ts, .js, .mjs) that exports one of your own, or the base URL of one that speaks OpenAI chat completions",
    defaultText: "llm_agent once a model is named, gold before",
  },
  agent_llm: { ...llm, brief: "the agent's model" },
  agent_llm_args: llmArgs,
  user: {
    group: roles,
    kind: "text",
    placeholder: "USER",
    brief:
      "scripted (does not need a model), user_simulator, dummy_user (silent: for llm_agent_solo), or a module that exports one of your own",
    defaultText: "user_simulator once a model is named, scripted before",
  },
  user_llm: { ...llm, brief: "the user's model" },
  user_llm_args: llmArgs,
  judge_llm: {
    ...llm,
    nullable: true,
    brief: "the model that judges natural-language assertions; none leaves them out of the rewards",
    defaultText: `${modelDefaults.model}, once a model is named and a task asks for it`,
  },
  judge_llm_args: llmArgs,

  base_url: {
    ...baseUrl,
    brief: "an OpenAI-compatible endpoint for every role, such as http://127.0.0.1:8000/v1",
    defaultText: "$OPENAI_BASE_URL, then $OPENAI_API_BASE, then OpenAI",
  },
  agent_base_url: { ...baseUrl, brief: "… for the agent alone" },
  user_base_url: { ...baseUrl, brief: "… for the user alone" },
  judge_base_url: { ...baseUrl, brief: "… for the judge alone" },
  api_key_env: {
    ...keyVariable,
    brief: "the environment variable that holds the key of every role",
    defaultText: DEFAULT_KEY_VARIABLE,
  },
  agent_api_key_env: { ...keyVariable, brief: "… of the agent alone" },
  user_api_key_env: { ...keyVariable, brief: "… of the user alone" },
  judge_api_key_env: { ...keyVariable, brief: "… of the judge alone" },
  agent_header: { ...header, brief: "a header of the agent's requests, such as api-key=…; repeat it for more. Headers are never stored" },
  user_header: { ...header, brief: "… of the user's requests" },
  judge_header: { ...header, brief: "… of the judge's requests" },
  agent_reasoning: {
    ...reasoning,
    brief: "earlier reasoning text sent back to the agent's model: none, since_last_user or all; signatures always are",
  },
  user_reasoning: { ...reasoning, brief: "… to the user's model" },
  first_message: {
    group: endpoints,
    kind: "text",
    placeholder: "TEXT",
    brief: "a user message before the agent's greeting, for chat templates that require one; the record does not contain it",
    defaultText: "none",
  },
  request_timeout: { ...roleOptions.request_timeout, group: endpoints },
  max_response_bytes: { ...roleOptions.max_response_bytes, group: endpoints },

  max_concurrency: {
    group: run,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: runDefaults.concurrency,
    brief: "simulations at a time",
  },
  seed: {
    group: run,
    kind: "integer",
    placeholder: "N",
    nullable: true,
    default: 300,
    brief: "the seeds of the trials are derived from it; none for other ones every time",
  },
  max_steps: {
    group: run,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: runDefaults.maxSteps,
    brief: "steps after which a conversation is cut off",
  },
  max_errors: {
    group: run,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: runDefaults.maxErrors,
    brief: "failed tool calls after which it is cut off",
  },
  timeout: {
    group: run,
    kind: "number",
    placeholder: "SECONDS",
    min: 0,
    nullable: true,
    brief: "time after which it is cut off",
    defaultText: "none",
  },
  turn_timeout: {
    group: run,
    kind: "number",
    placeholder: "SECONDS",
    min: 0,
    nullable: true,
    default: runDefaults.turnTimeoutMs / 1000,
    brief: "the longest that one message of agent or user may take, retries included",
  },
  max_retries: {
    group: run,
    kind: "integer",
    placeholder: "N",
    min: 0,
    default: runDefaults.maxRetries,
    brief: "how often a simulation is tried again after a fault",
  },
  retry_delay: {
    group: run,
    kind: "number",
    placeholder: "SECONDS",
    min: 0,
    default: runDefaults.retryDelayMs / 1000,
    brief: "the wait before each retry",
  },
  enforce_communication_protocol: {
    group: run,
    kind: "switch",
    default: false,
    brief: "end a conversation when a message both talks and calls tools",
  },

  resume: {
    group: goingOn,
    kind: "switch",
    default: false,
    brief: "resume the run that --save-to names: play missing and failed simulations, grade ungraded ones",
  },
  auto_resume: { group: goingOn, kind: "switch", default: false, brief: "the same, by its name in tau2-bench" },
  retry_errors: {
    group: goingOn,
    kind: "switch",
    default: false,
    brief: "… and play again what ended with an error of the agent or the user",
  },
  rerun_tasks: { group: goingOn, kind: "list", placeholder: "ID…", brief: "… and play all trials of these tasks again" },

  agent_prompt: { group: files, kind: "text", placeholder: "FILE", brief: "instructions for the agent's model in place of ours" },
  user_guidelines: {
    group: files,
    kind: "text",
    placeholder: "FILE",
    brief: "guidelines for the user's model in place of ours, or of the data directory's",
  },
  judge_prompt: { group: files, kind: "text", placeholder: "FILE", brief: "instructions for the judge's model in place of ours" },
  data: {
    group: files,
    kind: "text",
    placeholder: "DIR",
    brief: "a data directory laid out like tau2-bench's, or `official` (see `tau2 data pull`)",
    defaultText: "$TAU2_DATA_DIR, then the starter data",
  },
  record: { group: files, kind: "text", placeholder: "FILE", brief: "record every call of a model in this cassette" },
  replay: {
    group: files,
    kind: "text",
    placeholder: "FILE",
    brief: "take the models' answers from this cassette; no network is used",
  },
  replay_fallthrough: { group: files, kind: "switch", default: false, brief: "ask the models for what the cassette does not have" },
  save_to: {
    group: files,
    kind: "text",
    placeholder: "NAME|PATH",
    brief: "name of the run, or a path with a slash in it",
    defaultText: "time, domain, agent and user",
  },
} as const satisfies OptionTable;

/** A key of a run's configuration. */
export type RunKey = keyof typeof runOptions;

/** A run's configuration. */
export type RunValues = ComposedValues<typeof runOptions>;
