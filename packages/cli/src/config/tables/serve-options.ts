import { episodeDefaults } from "@tau2/orchestrator/defaults";
import { runOptions } from "./run-options.ts";
import type { OptionTable } from "../option.ts";

const where = "Where";
const what = "What to serve";
const roles = "Who takes part";
const limits = "Limits";
const { base_url, user_base_url, agent_base_url, judge_base_url, api_key_env, user_api_key_env, agent_api_key_env, judge_api_key_env } =
  runOptions;

/** Options of `tau2 serve`. Those of the roles are the ones of `tau2 run`. */
export const serveOptions = {
  host: {
    group: where,
    kind: "text",
    placeholder: "ADDRESS",
    default: "127.0.0.1",
    brief: "the address to listen on; one that other machines reach needs a token",
  },
  port: { group: where, kind: "integer", placeholder: "N", min: 0, default: 8000, brief: "the port to listen on; 0 for a free one" },
  token: {
    group: where,
    kind: "text",
    placeholder: "SECRET",
    brief: "what requests must carry as `authorization: Bearer SECRET`",
    defaultText: "$TAU2_TOKEN, then none",
  },
  allowed_hosts: {
    group: where,
    kind: "list",
    placeholder: "NAME,…",
    brief: "names beside the machine's own by which clients and pages reach it",
  },
  state_dir: { group: where, kind: "text", placeholder: "DIR", brief: "keep sessions here, so that they survive a restart" },

  domains: {
    group: what,
    kind: "list",
    placeholder: "NAME,…",
    brief: "domains by name, or modules that export one of your own",
    defaultText: "all that come with tau2",
  },
  data: { ...runOptions.data, group: what },

  user: {
    group: roles,
    kind: "text",
    placeholder: "USER",
    choices: ["scripted", "user_simulator"],
    brief: "the user of sessions without one: scripted (does not need a model) or user_simulator (a model)",
    defaultText: "user_simulator once its model is named, scripted before",
  },
  user_llm: { ...runOptions.user_llm, group: roles },
  user_llm_args: { ...runOptions.user_llm_args, group: roles },
  agent_llm: {
    ...runOptions.agent_llm,
    group: roles,
    brief: "the agent's model, for learners who play the user",
    defaultText: "none: the agent plays the solution",
  },
  agent_llm_args: { ...runOptions.agent_llm_args, group: roles },
  judge_llm: {
    ...runOptions.judge_llm,
    group: roles,
    nullable: false,
    brief: "the model that judges natural-language assertions",
    defaultText: "none: tasks that need it are refused",
  },
  judge_llm_args: { ...runOptions.judge_llm_args, group: roles },
  user_guidelines: { ...runOptions.user_guidelines, group: roles },

  base_url,
  user_base_url,
  agent_base_url,
  user_header: runOptions.user_header,
  agent_header: runOptions.agent_header,
  judge_header: runOptions.judge_header,
  user_reasoning: runOptions.user_reasoning,
  agent_reasoning: runOptions.agent_reasoning,
  judge_base_url,
  api_key_env,
  user_api_key_env,
  agent_api_key_env,
  judge_api_key_env,
  request_timeout: runOptions.request_timeout,
  max_response_bytes: runOptions.max_response_bytes,

  max_sessions: {
    group: limits,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: 1000,
    brief: "sessions at a time; one more is refused and may try again later",
  },
  idle_timeout: {
    group: limits,
    kind: "number",
    placeholder: "SECONDS",
    min: 1,
    default: 900,
    brief: "after which an unused session ends",
  },
  max_concurrency: {
    group: limits,
    kind: "integer",
    placeholder: "N",
    min: 1,
    default: 256,
    brief: "sessions that ask a model at the same time; the others wait their turn",
  },
  max_steps: { ...runOptions.max_steps, group: limits, default: episodeDefaults.maxSteps },
  max_errors: { ...runOptions.max_errors, group: limits, default: episodeDefaults.maxErrors },
  turn_timeout: { ...runOptions.turn_timeout, group: limits, nullable: false, default: episodeDefaults.turnTimeoutMs / 1000 },
  drain_timeout: {
    group: limits,
    kind: "number",
    placeholder: "SECONDS",
    min: 0,
    default: 25,
    brief: "how long a stopping server waits for running steps",
  },
} as const satisfies OptionTable;
