import { setImmediate as nextTurn } from "node:timers/promises";
import { Tau2Error } from "@tau2/domains";
import pLimit from "p-limit";
import { withUnlimitedListeners } from "@tau2/user-sim/internal";
import type { EpisodeStep } from "./episode-step.ts";
import { planRollouts, type RolloutPlan } from "./plan-rollouts.ts";
import { toPolicy } from "./to-policy.ts";
import { rollout, type RolloutSettings } from "./rollout.ts";
import type { RolloutEvent } from "./rollout-events.ts";
import { rolloutGroups, type ReturnOptions, type TaskGroup } from "./rollout-groups.ts";
import { metricsPrefix, rolloutMetrics, type RolloutMetrics } from "./rollout-metrics.ts";
import { rolloutId, type Rollout, type RolloutKey } from "./rollout-record.ts";
import { noRollouts, withRollout, type RolloutTotals } from "./rollout-totals.ts";

/** What a run of rollouts takes. */
export interface GroupRolloutOptions extends RolloutSettings, RolloutPlan, ReturnOptions {
  /** Which list the tasks are drawn from. By default the environment's `split`, as it is when the run begins. */
  split?: RolloutKey["split"] | undefined;
  /** Stands in the names of the figures. By default nothing does. */
  checkpointName?: string | undefined;
  /** Episodes at the same time. By default 16. */
  concurrency?: number | undefined;
  /**
   * What an earlier run has done. It is not played again, and counts as if it had been played now; what does not belong to this run is left
   * aside. Leave out those that failed to have them tried again.
   */
  finished?: readonly Rollout[] | undefined;
  /** For a progress view. Not awaited. */
  onEvent?: ((event: RolloutEvent) => void) | undefined;
  /** Gets each rollout when it is done, to be stored. Awaited. */
  onRollout?: ((rollout: Rollout) => void | Promise<void>) | undefined;
}

/** What a run of rollouts came to. */
export interface GroupRolloutOutcome {
  /** All that are done: try by try, task by task, attempt by attempt. */
  rollouts: readonly Rollout[];
  /** The same by try and task, with returns and advantages. */
  groups: readonly TaskGroup[];
  /** Figures by the original's names, of those rollouts that have a reward. */
  metrics: RolloutMetrics;
  totals: RolloutTotals;
  /** Whether it was ended early. */
  cancelled: boolean;
}

/**
 * Plays several attempts at each of several tasks, many at the same time (docs/spec/act-prm.md#11-4, #13). No episode's fault ends the run: its reward is
 * null, and it takes part in no group and no figure.
 * @throws Tau2Error `invalid` before anything is started, when the run makes no sense; and what a callback throws, after the episodes under way
 * were given up
 */
export async function groupRollouts(options: GroupRolloutOptions): Promise<GroupRolloutOutcome> {
  const { env, policy, finished = [], concurrency = 16, checkpointName = null } = options;
  const split = options.split ?? env.split;
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new Tau2Error("invalid", `concurrency must be a whole number from 1: got ${concurrency}`);
  }
  toPolicy(policy);
  env.taskAt(0, split);
  const plan = planRollouts(options, split, env.datasets[split].length);
  const wanted = new Set(plan.map(rolloutId));
  const done = new Map(finished.map((old) => [rolloutId(old), old] as const).filter(([id]) => wanted.has(id)));
  const { totals, cancelled } = await playAll(plan, done, options, concurrency);
  const rollouts = plan.flatMap((key) => done.get(rolloutId(key)) ?? []);
  const groups = rolloutGroups(rollouts, options);
  return { rollouts, groups, metrics: metricsOf(groups, split, checkpointName), totals, cancelled };
}

/** Plays what is not done yet, and adds it to what is. */
async function playAll(
  plan: readonly RolloutKey[],
  done: Map<string, Rollout>,
  options: GroupRolloutOptions,
  concurrency: number,
): Promise<Pick<GroupRolloutOutcome, "totals" | "cancelled">> {
  const left = plan.filter((key) => !done.has(rolloutId(key)));
  const run = breakable(options.signal);
  let totals = [...done.values()].reduce(withRollout, noRollouts(plan.length));
  const emit = (event: RolloutEvent) => {
    try {
      options.onEvent?.(event);
    } catch (error) {
      run.breakOff(error);
    }
  };
  const playOne = async (key: RolloutKey) => {
    // Participants without a model leave no gap in which a signal could come through.
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
    done.set(rolloutId(key), played);
    totals = withRollout(totals, played);
    emit({ type: played.error ? "failed" : "finished", rollout: played, totals });
  };
  emit({ type: "planned", episodes: left, totals });
  const limit = pLimit(concurrency);
  await Promise.all(left.map((key) => limit(() => playOne(key).catch(run.breakOff))));
  if (run.broken) throw run.broken.error;
  return { totals, cancelled: run.signal.aborted };
}

/** A signal that fires when the caller gives up, or when something of the caller's throws. */
function breakable(given: AbortSignal | undefined) {
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

function metricsOf(groups: readonly TaskGroup[], split: string, checkpointName: string | null): RolloutMetrics {
  const tries = [...new Set(groups.map(({ try_step }) => try_step))];
  const figures = tries.map((tryStep) => {
    const trajectories = groups.filter(({ try_step }) => try_step === tryStep).flatMap(({ group }) => group.trajectories);
    return rolloutMetrics(trajectories, metricsPrefix(split, tryStep, checkpointName));
  });
  return Object.assign({}, ...figures) as RolloutMetrics;
}
