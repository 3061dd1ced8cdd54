import type { JsonObject } from "@tau2/domains";
import { assignCallIds } from "@tau2/domains/internal";
import { getRuntimeVersions } from "@tau2/orchestrator/internal";
import { passHatK } from "@tau2/orchestrator/metrics";
import { type RolloutKey, type EpisodeStep, getRolloutId, type Rollout } from "../rollout/rollout-record.ts";
import { groupByTask, type ReturnOptions } from "../rollout/trajectory.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import { checkTrainable, isTestRollout, type ExportedRun } from "./exported-run.ts";

/** Tool in the form of `verifiers`. */
export type VerifiersTool = Omit<FlatTool, "type">;

/** Message in the form of `verifiers`: calls are flat. */
export interface VerifiersMessage {
  role: string;
  content: string | null;
  tool_calls?: { id: string; name: string; arguments: string }[];
  tool_call_id?: string;
}

/** Turn of a rollout. */
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

/** Place of a rollout in its run, and its split. */
export interface VerifiersInfo extends RolloutKey {
  domain: string;
  task_id: string;
  /** True if the task is in the test split. */
  is_test_task: boolean;
  batch_id: number;
  policy: string;
}

/** Line of `results.jsonl`. */
export interface VerifiersRow {
  /** Index of the task among all tasks of the environment. */
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

/** Content of `metadata.json`. */
export interface VerifiersMetadata {
  env_id: string;
  env_args: JsonObject;
  model: string;
  base_url: string;
  num_examples: number;
  rollouts_per_example: number;
  sampling_args: JsonObject;
  date: string;
  /** Duration of all rollouts together in seconds. */
  time: number;
  avg_reward: number;
  avg_metrics: Record<string, number>;
  /** Share of rollouts without a reward; they do not have a line. */
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

/** Options of the export for `verifiers`. */
export interface VerifiersOptions extends ReturnOptions {
  /** True to add every turn with its messages, advantage and tokens to each line, which makes files long. Default: false. */
  trajectory?: boolean | undefined;
  /** True to include tasks of the test split. Default: they are refused. */
  allowTestSplit?: boolean | undefined;
}

/** Converts rollouts to the classic form of `verifiers`, version 0.2. Leaves out those that a fault ended; `avg_error` counts them. */
export function toVerifiersRows(run: ExportedRun, rollouts: readonly Rollout[], options: VerifiersOptions = {}): VerifiersRow[] {
  const graded = rollouts.filter(({ final_reward, episode_steps }) => final_reward !== null && episode_steps.length > 0);
  checkTrainable(run, graded, options.allowTestSplit ?? false);
  const advantages = options.trajectory ? computeAdvantages(graded, options) : null;
  return graded.map((rollout) => toRow(run, rollout, advantages));
}

function toRow(run: ExportedRun, rollout: Rollout, advantages: Map<string, readonly EpisodeStep[]> | null): VerifiersRow {
  const { episode_steps: steps, sample_id, generation_id, try_step, batch_id, task_id, split, policy, simulation, seconds } = rollout;
  const last = steps.at(-1)!;
  const prompt = steps[0]!.state;
  const messages = assignCallIds([...prompt, ...steps.flatMap(({ action, next_obs }) => [action, ...next_obs])]).map(toFlatMessage);
  const start = simulation ? new Date(simulation.start_time).getTime() / 1000 : 0;
  const span = { start, end: start + seconds, duration: seconds };
  return {
    example_id: run.tasks.findIndex(({ id }) => id === task_id),
    prompt: messages.slice(0, prompt.length),
    completion: messages.slice(prompt.length),
    reward: rollout.final_reward!,
    timing: { start_time: start, generation: span, total: seconds },
    is_completed: true,
    is_truncated: last.truncated,
    metrics: { num_turns: steps.length, num_tool_calls: countToolCalls(steps) },
    info: {
      domain: run.domain,
      task_id,
      split,
      is_test_task: isTestRollout(run, rollout),
      sample_id,
      generation_id,
      try_step,
      batch_id,
      policy,
    },
    error: null,
    stop_condition: simulation?.termination_reason ?? "truncated",
    tool_defs: (steps[0]!.tools ?? run.tools).map(toVerifiersTool),
    ...(advantages
      ? { trajectory: (advantages.get(getRolloutId(rollout)) ?? steps).map((step) => toVerifiersStep(step, getRolloutId(rollout))) }
      : {}),
  };
}

function toVerifiersStep(step: EpisodeStep, trajectory_id: string): VerifiersStep {
  const { state, action, state_action_tokens: ids, state_len, old_logprobs, truncated } = step;
  const messages = assignCallIds([...state, action]).map(toFlatMessage);
  const prompt_ids = ids.slice(0, state_len);
  const completion_ids = ids.slice(state_len);
  return {
    prompt: messages.slice(0, -1),
    completion: messages.slice(-1),
    response: null,
    tokens:
      ids.length === 0
        ? null
        : {
            prompt_ids,
            prompt_mask: prompt_ids.map(() => 0),
            completion_ids,
            completion_mask: completion_ids.map(() => 1),
            completion_logprobs: [...old_logprobs],
            overlong_prompt: false,
            is_truncated: truncated,
          },
    reward: step.reward,
    advantage: step.advantage_is_computed ? step.advantage : null,
    is_truncated: truncated,
    trajectory_id,
    extras: { timestep: step.timestep, ...(step.return_is_computed ? { return: step.return_ } : {}) },
  };
}

function computeAdvantages(rollouts: readonly Rollout[], options: ReturnOptions): Map<string, readonly EpisodeStep[]> {
  const steps = new Map<string, readonly EpisodeStep[]>();
  for (const split of new Set(rollouts.map((each) => each.split))) {
    const groups = groupByTask(
      rollouts.filter((each) => each.split === split),
      options,
    );
    for (const { try_step, sample_id, group } of groups) {
      for (const { episode_steps } of group.trajectories) {
        steps.set(getRolloutId({ split, sample_id, try_step, generation_id: episode_steps[0]!.generation_id }), episode_steps);
      }
    }
  }
  return steps;
}

function toFlatMessage({ role, content, tool_calls, tool_call_id }: ModelMessage): VerifiersMessage {
  return {
    role,
    content,
    ...(tool_calls ? { tool_calls: tool_calls.map(({ id, function: called }) => ({ id, ...called })) } : {}),
    ...(tool_call_id === undefined ? {} : { tool_call_id }),
  };
}

/** Counts tool results, since calls in the model's text do not have ids. */
function countToolCalls(steps: readonly EpisodeStep[]): number {
  return steps.flatMap(({ next_obs }) => next_obs).filter(({ role }) => role === "tool").length;
}

/** Converts a tool to the form of `verifiers`. */
function toVerifiersTool({ name, description, parameters }: FlatTool): VerifiersTool {
  return { name, description, parameters };
}

/** Creates the metadata of rows. */
export function createVerifiersMetadata(
  run: ExportedRun,
  rollouts: readonly Rollout[],
  rows: readonly VerifiersRow[],
  options: VerifiersOptions = {},
): VerifiersMetadata {
  const examples = groupByExample(rows);
  const attempts = Math.max(0, ...examples.map((each) => each.length));
  const { pass_at_k, pass_all_k } = computePassRates(examples, attempts);
  const commit = run.info.git_commit;
  const names = Object.keys(rows[0]?.metrics ?? {});
  return {
    env_id: `tau2bench-${run.domain}`,
    env_args: run.env_args,
    model: run.info.agent_info.llm ?? run.info.agent_info.implementation,
    base_url: run.base_url ?? "",
    num_examples: examples.length,
    rollouts_per_example: attempts,
    sampling_args: run.sampling_args,
    date: run.started,
    time: sum(rollouts.map(({ seconds }) => seconds)),
    avg_reward: computeMean(rows.map(({ reward }) => reward)),
    avg_metrics: Object.fromEntries(names.map((name) => [name, computeMean(rows.map(({ metrics }) => metrics[name] ?? 0))])),
    avg_error: rollouts.length === 0 ? 0 : (rollouts.length - rows.length) / rollouts.length,
    pass_at_k,
    pass_all_k,
    pass_threshold: 1,
    usage: null,
    version_info: {
      vf_version: "none",
      vf_commit: null,
      env_version: getRuntimeVersions().packages["@tau2/domains"] ?? "unknown",
      env_commit: commit === "unknown" ? null : commit,
    },
    state_columns: options.trajectory ? ["trajectory"] : [],
    path_to_save: ".",
    tools: run.tools.map(toVerifiersTool),
    splits: [...new Set(rows.map(({ info }) => info.split))],
  };
}

/**
 * Computes pass rates of complete examples, for k in powers of two up to the number of attempts. Empty for one attempt, as in `verifiers`.
 */
function computePassRates(examples: readonly (readonly VerifiersRow[])[], attempts: number) {
  const pass_at_k: Record<string, number> = {};
  const pass_all_k: Record<string, number> = {};
  const complete = examples.filter((each) => each.length === attempts).map((each) => each.filter(({ reward }) => reward >= 1).length);
  const most = attempts > 1 ? attempts : 0;
  for (let k = 1; k <= most; k *= 2) {
    pass_at_k[k] = computeMean(complete.map((correct) => 1 - passHatK(attempts, attempts - correct, k)));
    pass_all_k[k] = computeMean(complete.map((correct) => passHatK(attempts, correct, k)));
  }
  return { pass_at_k, pass_all_k };
}

function groupByExample(rows: readonly VerifiersRow[]): VerifiersRow[][] {
  const groups = new Map<number, VerifiersRow[]>();
  for (const row of rows) groups.set(row.example_id, [...(groups.get(row.example_id) ?? []), row]);
  return [...groups.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function computeMean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}
