import { isTau2Error, Tau2Error } from "@tau2/domains";
import { listenForInterruption, type CliIo } from "../io.ts";
import { computeTaskListMetrics, type TaskListMetrics } from "./metrics.ts";
import type { OpenedRollout } from "./open-rollout.ts";
import { playOnce } from "./play-task-range.ts";
import type { PreparedRollout } from "./prepare.ts";
import { train } from "./train.ts";
import type { RolloutProgress } from "./progress.ts";

/** Outcome of a run. */
export interface RolloutOutcome {
  readonly figures: readonly TaskListMetrics[];
  readonly interrupted: boolean;
}

/**
 * Plays what is left of a run and stores it, until it is done or the person asks to stop.
 * @throws Tau2Error `storage` when storing fails, `trainer` when a trainer fails; finished episodes are on the disk
 */
export async function playRollouts(
  prepared: PreparedRollout,
  opened: OpenedRollout,
  progress: RolloutProgress,
  io: CliIo,
): Promise<RolloutOutcome> {
  const { store, name } = opened;
  const { signal, release } = listenForInterruption(io, progress.note);
  const run = { ...prepared, ...opened, progress, signal };
  try {
    if (prepared.trainer) await train(run, prepared.trainer, io.env);
    else await playOnce(run);
    const figures = computeTaskListMetrics(store.getRollouts());
    if (!signal.aborted) await store.addStage({ stage: "end", batch: lastBatch(run), metrics: endMetrics(figures), policy: null });
    return { figures, interrupted: signal.aborted };
  } catch (thrown) {
    throw withWayOn(thrown, name);
  } finally {
    release();
    progress.stop();
    await store.close();
  }
}

function lastBatch({ store }: OpenedRollout): number {
  return Math.max(0, ...store.getStages().flatMap(({ stage, batch }) => (stage === "end" ? [] : [batch])));
}

/** Metrics of the table, for programs. */
function endMetrics(figures: readonly TaskListMetrics[]): Record<string, number> {
  const named = figures.flatMap(({ list, try_step, mean_reward, pass_hat_k, mean_turns, errors, episodes }) => {
    const prefix = `rollouts/${list}/try_${try_step}/`;
    const known = { mean_reward, "pass@1": pass_hat_k[1] ?? null, turns: mean_turns, errors, episodes };
    const passes = Object.entries(pass_hat_k).map(([k, value]) => [`pass^${k}`, value] as const);
    return [...Object.entries(known), ...passes].flatMap(([key, value]) => (value === null ? [] : [[prefix + key, value] as const]));
  });
  return Object.fromEntries(named);
}

const waysOn: Readonly<Record<string, string>> = { storage: "When there is room again", trainer: "When that is fixed" };

function withWayOn(thrown: unknown, name: string): unknown {
  const when = isTau2Error(thrown) ? waysOn[thrown.code] : undefined;
  if (!isTau2Error(thrown) || when === undefined) return thrown;
  const text = `${thrown.message}\n${when}, resume it with: tau2 rollout --resume-run --run-name ${name}`;
  return new Tau2Error(thrown.code, text, { cause: thrown });
}
