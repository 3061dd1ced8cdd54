import { rolloutGroups, type ReturnOptions } from "../rollout/rollout-groups.ts";
import type { EpisodeStep } from "../rollout/episode-step.ts";
import { rolloutId, type Rollout } from "../rollout/rollout-record.ts";
import type { FlatTool, ModelMessage } from "../training/messages.ts";
import { checkTrainable, isTestRollout, type ExportedRun } from "./exported-run.ts";
import type { VerifiersMessage, VerifiersRow, VerifiersStep, VerifiersTool } from "./verifiers-form.ts";

/** How rollouts become results of `verifiers`. */
export interface VerifiersOptions extends ReturnOptions {
  /** Put every turn with what the model was shown, its advantage and its tokens into each line. By default false: files get long. */
  trajectory?: boolean | undefined;
  /** Take tasks that are there to test with as well. By default they are refused. */
  allowTestSplit?: boolean | undefined;
}

/** Rollouts as `verifiers` keeps them (its classic form, version 0.2). Those that a fault ended are left out, and counted in `avg_error`. */
export function verifiersRows(run: ExportedRun, rollouts: readonly Rollout[], options: VerifiersOptions = {}): VerifiersRow[] {
  const graded = rollouts.filter(({ final_reward, episode_steps }) => final_reward !== null && episode_steps.length > 0);
  checkTrainable(run, graded, options.allowTestSplit ?? false);
  const advantages = options.trajectory ? advantagesOf(graded, options) : null;
  return graded.map((rollout) => row(run, rollout, advantages));
}

function row(run: ExportedRun, rollout: Rollout, advantages: Map<string, readonly EpisodeStep[]> | null): VerifiersRow {
  const { episode_steps: steps, sample_id, generation_id, try_step, batch_id, task_id, split, policy, simulation, seconds } = rollout;
  const last = steps.at(-1)!;
  const start = simulation ? new Date(simulation.start_time).getTime() / 1000 : 0;
  const span = { start, end: start + seconds, duration: seconds };
  return {
    example_id: run.tasks.findIndex(({ id }) => id === task_id),
    prompt: steps[0]!.state.map(flatMessage),
    completion: steps.flatMap(({ action, next_obs }) => [action, ...next_obs]).map(flatMessage),
    reward: rollout.final_reward!,
    timing: { start_time: start, generation: span, total: seconds },
    is_completed: true,
    is_truncated: last.truncated,
    metrics: { num_turns: steps.length, num_tool_calls: toolCalls(steps) },
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
    tool_defs: (steps[0]!.tools ?? run.tools).map(verifiersTool),
    ...(advantages ? { trajectory: (advantages.get(rolloutId(rollout)) ?? steps).map((step) => turn(step, rolloutId(rollout))) } : {}),
  };
}

function turn(step: EpisodeStep, trajectory_id: string): VerifiersStep {
  const { state, action, state_action_tokens: ids, state_len, old_logprobs, truncated } = step;
  const prompt_ids = ids.slice(0, state_len);
  const completion_ids = ids.slice(state_len);
  return {
    prompt: state.map(flatMessage),
    completion: [flatMessage(action)],
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

function advantagesOf(rollouts: readonly Rollout[], options: ReturnOptions): Map<string, readonly EpisodeStep[]> {
  const steps = new Map<string, readonly EpisodeStep[]>();
  for (const split of new Set(rollouts.map((each) => each.split))) {
    const groups = rolloutGroups(
      rollouts.filter((each) => each.split === split),
      options,
    );
    for (const { try_step, sample_id, group } of groups) {
      for (const { episode_steps } of group.trajectories) {
        steps.set(rolloutId({ split, sample_id, try_step, generation_id: episode_steps[0]!.generation_id }), episode_steps);
      }
    }
  }
  return steps;
}

function flatMessage({ role, content, tool_calls, tool_call_id }: ModelMessage): VerifiersMessage {
  return {
    role,
    content,
    ...(tool_calls ? { tool_calls: tool_calls.map(({ id, function: called }) => ({ id, ...called })) } : {}),
    ...(tool_call_id === undefined ? {} : { tool_call_id }),
  };
}

/** Answers of tools that go by no id of a call are those to calls that stood in the model's text. */
function toolCalls(steps: readonly EpisodeStep[]): number {
  return steps.flatMap(({ next_obs }) => next_obs).filter(({ role }) => role === "tool").length;
}

/** A tool in the form of `verifiers`. */
export function verifiersTool({ name, description, parameters }: FlatTool): VerifiersTool {
  return { name, description, parameters };
}
