import { setImmediate as nextTurn } from "node:timers/promises";
import { Tau2Error } from "@tau2/domains";
import { withUnlimitedListeners } from "@tau2/user-sim/internal";
import pLimit from "p-limit";
import { toTrainingEnv } from "../training/to-training-env.ts";
import { toPolicy } from "./policy.ts";
import { type RolloutKey, type Rollout, type EpisodeStep, getRolloutId } from "./rollout-record.ts";
import { rollout, type RolloutSettings } from "./rollout.ts";
import { type RolloutTrajectory, groupByTask, type ReturnOptions, type TaskGroup } from "./trajectory.ts";

/** Episodes of a run of rollouts. */
export interface RolloutPlan {
  /** Index of the first task in its list. Default: 0. */
  startIdx?: number | undefined;
  /** Number of tasks. Default: the length of the list. */
  numTasks?: number | undefined;
  /** Attempts at each task. Default: 1. */
  groupSize?: number | undefined;
  /** Number of times that the whole plan is played. Default: 1. */
  numTries?: number | undefined;
}

/**
 * Returns the episodes of a run: try by try, task by task, attempt by attempt. @throws Tau2Error `invalid` for a count that is not an
 * integer of at least 1
 */
function planRollouts(plan: RolloutPlan, split: RolloutKey["split"], tasks: number): RolloutKey[] {
  const { startIdx = 0, numTasks = tasks, groupSize = 1, numTries = 1 } = plan;
  for (const [name, count] of Object.entries({ numTasks, groupSize, numTries })) {
    if (!Number.isSafeInteger(count) || count < 1) throw new Tau2Error("invalid", `${name} must be an integer of at least 1: got ${count}`);
  }
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
  return upTo(numTries).flatMap((try_step) =>
    upTo(numTasks).flatMap((task) =>
      upTo(groupSize).map((generation_id) => ({ split, sample_id: startIdx + task, generation_id, try_step })),
    ),
  );
}

/** Progress of a run. */
export interface RolloutTotals {
  planned: number;
  running: number;
  /** Episodes that are done, with or without a reward, and those of an earlier run. */
  done: number;
  /** Done episodes without a reward. */
  failed: number;
  /** Done episodes with a reward of 1. */
  correct: number;
  /** Sum of all rewards. */
  rewardSum: number;
  /** Turns of the policy in all done episodes. */
  steps: number;
}

/** Returns the totals at the start of a run. */
function createTotals(planned: number): RolloutTotals {
  return { planned, running: 0, done: 0, failed: 0, correct: 0, rewardSum: 0, steps: 0 };
}

/** Adds an episode that is done. */
function addToTotals(totals: RolloutTotals, { final_reward, episode_steps }: Rollout): RolloutTotals {
  return {
    ...totals,
    done: totals.done + 1,
    failed: totals.failed + (final_reward === null ? 1 : 0),
    correct: totals.correct + (final_reward === 1 ? 1 : 0),
    rewardSum: totals.rewardSum + (final_reward ?? 0),
    steps: totals.steps + episode_steps.length,
  };
}

/** Event of a run of rollouts. */
export type RolloutEvent =
  /** Before the first episode: the episodes to play, without those in `finished`. */
  | { type: "planned"; episodes: readonly RolloutKey[]; totals: RolloutTotals }
  | { type: "started"; episode: RolloutKey; totals: RolloutTotals }
  /** A turn was played. */
  | { type: "step"; episode: RolloutKey; step: EpisodeStep }
  /** An episode ended with a reward. */
  | { type: "finished"; rollout: Rollout; totals: RolloutTotals }
  /** An episode ended without a reward: see `rollout.error`. */
  | { type: "failed"; rollout: Rollout; totals: RolloutTotals };

/** Metrics by name, in the order of their report. */
export type RolloutMetrics = Record<string, number>;

const trajectoryMetrics: Record<string, (trajectory: RolloutTrajectory) => number> = {
  final_reward: ({ final_reward }) => final_reward,
  first_return: ({ first_return }) => first_return,
  action_prob: ({ action_prob }) => action_prob,
  last_state_len: ({ last_state_len }) => last_state_len,
  timesteps: ({ episode_steps }) => episode_steps.length,
  correct: ({ correct }) => Number(correct),
  total: () => 1,
};

/**
 * Computes the metrics of the trajectories of one try, over all tasks (docs/spec/act-prm.md#13).
 * Each metric has its mean (`correct` and `total`: the sum), population standard deviation and maximum; the accuracy is last.
 * Unlike in act-prm, where `timesteps` is always 1, it is the number of steps. Returns an empty object without trajectories.
 * @param prefix such as `train/try_0/`
 */
export function computeRolloutMetrics(trajectories: readonly RolloutTrajectory[], prefix: string): RolloutMetrics {
  const metrics: RolloutMetrics = {};
  if (trajectories.length === 0) return metrics;
  for (const [name, figure] of Object.entries(trajectoryMetrics)) {
    const values = trajectories.map(figure);
    const sum = addUp(values);
    const mean = sum / values.length;
    metrics[`${prefix}${name}`] = name === "correct" || name === "total" ? sum : mean;
    metrics[`${prefix}${name}_std`] = Math.sqrt(addUp(values.map((value) => (value - mean) ** 2)) / values.length);
    metrics[`${prefix}${name}_max`] = values.reduce((a, b) => Math.max(a, b));
  }
  metrics[`${prefix}accuracy`] = metrics[`${prefix}correct`]! / metrics[`${prefix}total`]!;
  return metrics;
}

/** Returns the prefix of the metrics of a try. */
export function getMetricsPrefix(split: string, tryIndex: number, checkpointName: string | null = null): string {
  return `${checkpointName === null ? "" : `${checkpointName}_`}${split}/try_${tryIndex}/`;
}

function addUp(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Options of {@link groupRollouts}. */
export interface GroupRolloutOptions extends RolloutSettings, RolloutPlan, ReturnOptions {
  /** List of tasks. Default: `split` of the environment at the start of the run. */
  split?: RolloutKey["split"] | undefined;
  /** Part of the names of metrics. Default: none. */
  checkpointName?: string | undefined;
  /** Number of concurrent episodes. Default: 16. */
  concurrency?: number | undefined;
  /**
   * Rollouts of an earlier run. They are not played again, and count as if they had been. Rollouts of other episodes are ignored. Leave
   * out failed rollouts to try them again.
   */
  finished?: readonly Rollout[] | undefined;
  /** Receives events, for a progress view. Not awaited. */
  onEvent?: ((event: RolloutEvent) => void) | undefined;
  /** Receives each rollout when it is done, for storage. Awaited. */
  onRollout?: ((rollout: Rollout) => void | Promise<void>) | undefined;
}

/** Outcome of a run of rollouts. */
export interface GroupRolloutOutcome {
  /** All rollouts that are done: try by try, task by task, attempt by attempt. */
  rollouts: readonly Rollout[];
  /** These rollouts by try and task, with returns and advantages. */
  groups: readonly TaskGroup[];
  /** Metrics of the rollouts that have a reward, by act-prm's names. */
  metrics: RolloutMetrics;
  totals: RolloutTotals;
  /** True if the signal ended the run early. */
  cancelled: boolean;
}

/**
 * Plays several attempts at each of several tasks concurrently (docs/spec/act-prm.md#11-4, #13).
 * A failed episode does not end the run. Its reward is null, and neither groups nor metrics count it.
 * @example
 * ```ts
 * import { goldPolicy, getEnv, groupRollouts } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "mock", user: "scripted", is_async: true });
 * const { groups, metrics } = await groupRollouts({ env, policy: goldPolicy(), groupSize: 4, meanCenter: true });
 * ```
 * @throws Tau2Error `invalid` before the first episode if an option cannot be used; `unsupported` for an `AgentEnv` in solo mode. Errors
 * thrown by callbacks cancel the episodes that are still played, then propagate.
 */
export async function groupRollouts(options: GroupRolloutOptions): Promise<GroupRolloutOutcome> {
  const { policy, finished = [], concurrency = 16, checkpointName = null } = options;
  const env = toTrainingEnv(options.env);
  const split = options.split ?? env.split;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new Tau2Error("invalid", `concurrency must be an integer of at least 1: got ${concurrency}`);
  }
  toPolicy(policy);
  env.taskAt(0, split);
  const plan = planRollouts(options, split, env.datasets[split].length);
  const wanted = new Set(plan.map(getRolloutId));
  const done = new Map(finished.map((old) => [getRolloutId(old), old] as const).filter(([id]) => wanted.has(id)));
  const { totals, cancelled } = await playAll(plan, done, { ...options, env }, concurrency);
  const rollouts = plan.flatMap((key) => done.get(getRolloutId(key)) ?? []);
  const groups = groupByTask(rollouts, options);
  return { rollouts, groups, metrics: computeMetrics(groups, split, checkpointName), totals, cancelled };
}

/** Plays the episodes that are not done, and adds them to `done`. */
async function playAll(
  plan: readonly RolloutKey[],
  done: Map<string, Rollout>,
  options: GroupRolloutOptions,
  concurrency: number,
): Promise<Pick<GroupRolloutOutcome, "totals" | "cancelled">> {
  const left = plan.filter((key) => !done.has(getRolloutId(key)));
  const run = createCancellation(options.signal);
  let totals = [...done.values()].reduce(addToTotals, createTotals(plan.length));
  const emit = (event: RolloutEvent) => {
    try {
      options.onEvent?.(event);
    } catch (error) {
      run.breakOff(error);
    }
  };
  const playOne = async (key: RolloutKey) => {
    // Without this pause, participants that answer synchronously would block abort signals.
    await nextTurn();
    if (run.signal.aborted) return;
    totals = { ...totals, running: totals.running + 1 };
    emit({ type: "started", episode: key, totals });
    const { sample_id: sampleId, generation_id: generationId, try_step: tryStep, split } = key;
    const onStep = (step: EpisodeStep) => emit({ type: "step", episode: key, step });
    const played = await rollout({ ...options, sampleId, generationId, tryStep, split, signal: run.signal, onStep });
    totals = { ...totals, running: totals.running - 1 };
    if (run.signal.aborted && played.error) return;
    await options.onRollout?.(played);
    done.set(getRolloutId(key), played);
    totals = addToTotals(totals, played);
    emit({ type: played.error ? "failed" : "finished", rollout: played, totals });
  };
  emit({ type: "planned", episodes: left, totals });
  const limit = pLimit(concurrency);
  await Promise.all(left.map((key) => limit(() => playOne(key).catch(run.breakOff))));
  if (run.broken) throw run.broken.error;
  return { totals, cancelled: run.signal.aborted };
}

/** Creates a signal that aborts with the caller's signal, or if a callback throws. */
function createCancellation(given: AbortSignal | undefined) {
  const stop = new AbortController();
  const run = {
    signal: withUnlimitedListeners(given ? AbortSignal.any([given, stop.signal]) : stop.signal),
    broken: null as { error: unknown } | null,
    breakOff(error: unknown) {
      run.broken ??= { error };
      stop.abort(error);
    },
  };
  return run;
}

function computeMetrics(groups: readonly TaskGroup[], split: string, checkpointName: string | null): RolloutMetrics {
  const tries = [...new Set(groups.map(({ try_step }) => try_step))];
  const byTry = tries.map((tryStep) => {
    const trajectories = groups.filter(({ try_step }) => try_step === tryStep).flatMap(({ group }) => group.trajectories);
    return computeRolloutMetrics(trajectories, getMetricsPrefix(split, tryStep, checkpointName));
  });
  return Object.assign({}, ...byTry) as RolloutMetrics;
}
