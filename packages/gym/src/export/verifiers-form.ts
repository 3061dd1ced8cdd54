import type { JsonObject } from "@tau2/domains";
import type { RolloutKey } from "../rollout/rollout-record.ts";
import type { FlatTool } from "../training/messages.ts";

/** A tool as `verifiers` keeps it. */
export type VerifiersTool = Omit<FlatTool, "type">;

/** A message as `verifiers` keeps it: calls are flat. */
export interface VerifiersMessage {
  role: string;
  content: string | null;
  tool_calls?: { id: string; name: string; arguments: string }[];
  tool_call_id?: string;
}

/** One turn of a rollout. */
export interface VerifiersStep {
  prompt: VerifiersMessage[];
  completion: VerifiersMessage[];
  response: null;
  tokens: {
    prompt_ids: number[];
    prompt_mask: number[];
    completion_ids: number[];
    completion_mask: number[];
    completion_logprobs: number[];
    overlong_prompt: boolean;
    is_truncated: boolean;
  } | null;
  reward: number | null;
  advantage: number | null;
  is_truncated: boolean;
  trajectory_id: string;
  extras: JsonObject;
}

/** Where a rollout stands in its run, and its split. */
export interface VerifiersInfo extends RolloutKey {
  domain: string;
  task_id: string;
  /** Whether the task is there to test with. */
  is_test_task: boolean;
  batch_id: number;
  policy: string;
}

/** A line of `results.jsonl`. */
export interface VerifiersRow {
  /** Place of the task among all of its environment. */
  example_id: number;
  prompt: VerifiersMessage[];
  completion: VerifiersMessage[];
  reward: number;
  timing: JsonObject;
  is_completed: boolean;
  is_truncated: boolean;
  metrics: Record<string, number>;
  info: VerifiersInfo;
  error: null;
  stop_condition: string;
  tool_defs: VerifiersTool[];
  trajectory?: VerifiersStep[];
}

/** What `metadata.json` holds. */
export interface VerifiersMetadata {
  env_id: string;
  env_args: JsonObject;
  model: string;
  base_url: string;
  num_examples: number;
  rollouts_per_example: number;
  sampling_args: JsonObject;
  date: string;
  /** Seconds of all rollouts together. */
  time: number;
  avg_reward: number;
  avg_metrics: Record<string, number>;
  /** Share of rollouts that came to nothing; they have no line. */
  avg_error: number;
  pass_at_k: Record<string, number>;
  pass_all_k: Record<string, number>;
  pass_threshold: number;
  usage: null;
  version_info: { vf_version: string; vf_commit: null; env_version: string; env_commit: string | null };
  state_columns: string[];
  path_to_save: string;
  tools: VerifiersTool[];
  splits: string[];
}
