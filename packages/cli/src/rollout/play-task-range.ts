import { groupRollouts, type Rollout } from "@tau2/gym/training";
import type { StoredRollout } from "@tau2/gym/internal";
import type { ChosenEnvironment } from "./choose-environment.ts";
import type { ChosenPolicy } from "./choose-policy.ts";
import { getGroupSize, getNumTries } from "./prepare.ts";
import type { RolloutRun } from "./rollout-run.ts";
import { fillBuffer, saveSteps } from "./save-steps.ts";
import { computeStageMetrics } from "./metrics.ts";

/** Tasks that are played together. */
export interface TaskRange {
  readonly purpose: StoredRollout["purpose"];
  readonly chosen: ChosenEnvironment;
  readonly split: Rollout["split"];
  /** First task's place in its list. */
  readonly from: number;
  readonly count: number;
  /** In which batch a task is. */
  batchOf(sampleId: number): number;
}

/** The whole eval list of an environment, as it is played before a batch. */
export function getEvaluationRange(chosen: ChosenEnvironment, batch: number): TaskRange {
  return { purpose: "evaluation", chosen, split: "eval", from: 0, count: chosen.env.datasets.eval.length, batchOf: () => batch };
}

/** Plays the missing episodes, stores each as soon as it is over, and returns all of them. */
export async function playTaskRange(
  run: RolloutRun,
  { policy, parse }: ChosenPolicy,
  range: TaskRange,
  onStored: (rollout: Rollout) => Promise<void> = async () => undefined,
): Promise<Rollout[]> {
  const { purpose, chosen, split, from, count, batchOf } = range;
  const { env } = chosen;
  const { composed, store, progress, returns, concurrency, signal } = run;
  await groupRollouts({
    env,
    policy,
    parse,
    split,
    startIdx: from,
    numTasks: count,
    groupSize: getGroupSize(composed, split),
    numTries: getNumTries(composed, split),
    seed: env.config.seed,
    finished: getStoredRollouts(run, range).filter(({ error }) => error === null),
    concurrency,
    signal,
    ...returns,
    onEvent: (event) => progress.event(event),
    async onRollout(played) {
      const rollout = inBatch(played, batchOf(played.sample_id));
      await store.addRollout(purpose, rollout);
      await onStored(rollout);
    },
  });
  return getStoredRollouts(run, range);
}

/** Returns the stored episodes of tasks, in the order of their list. */
function getStoredRollouts({ store }: Pick<RolloutRun, "store">, { purpose, split, from, count, batchOf }: TaskRange): Rollout[] {
  return store
    .getRollouts()
    .filter((stored) => stored.purpose === purpose)
    .map(({ rollout }) => rollout)
    .filter(
      (each) =>
        each.split === split && each.sample_id >= from && each.sample_id < from + count && each.batch_id === batchOf(each.sample_id),
    )
    .toSorted((a, b) => a.try_step - b.try_step || a.sample_id - b.sample_id || a.generation_id - b.generation_id);
}

function inBatch(rollout: Rollout, batch_id: number): Rollout {
  if (rollout.batch_id === batch_id) return rollout;
  return { ...rollout, batch_id, episode_steps: rollout.episode_steps.map((step) => ({ ...step, batch_id })) };
}

/**
 * Plays every task of the environment's list, then the eval list of the other environment if there is one. Batches do not wait for one
 * another: a batch only groups tasks in the metrics.
 */
export async function playOnce(run: RolloutRun): Promise<void> {
  const { composed, batch: chosen, evaluation, policy, progress, signal } = run;
  const { batch_size: size, num_batches: most } = composed.trainer.values;
  const { split } = chosen.env.config;
  const count = Math.min(chosen.env.datasets[split].length, size * most);
  const batches = Math.ceil(count / size);
  const range: TaskRange = { purpose: "batch", chosen, split, from: 0, count, batchOf: (sampleId) => Math.floor(sampleId / size) };
  const attempts = getGroupSize(composed, split) * getNumTries(composed, split);
  const ofBatch = (batch: number) => getStoredRollouts(run, { ...range, from: batch * size, count: Math.min(size, count - batch * size) });

  const episodesIn = (batch: number) => Math.min(size, count - batch * size) * attempts;
  const done = new Map<number, number>();
  const countIn = ({ batch_id }: Rollout) => done.set(batch_id, (done.get(batch_id) ?? 0) + 1).get(batch_id)!;
  for (const rollout of getStoredRollouts(run, range)) if (rollout.error === null) countIn(rollout);
  const closed = new Set<number>();
  const close = async (batch: number) => {
    closed.add(batch);
    await closeBatch(run, batch, batches, ofBatch(batch));
  };

  progress.stage(split);
  await playTaskRange(run, policy, range, async (rollout) => {
    if (countIn(rollout) === episodesIn(rollout.batch_id)) await close(rollout.batch_id);
  });
  if (!signal.aborted) for (let batch = 0; batch < batches; batch++) if (!closed.has(batch)) await close(batch);
  if (evaluation && !signal.aborted) await evaluate(run, evaluation, batches);
  await fillBuffer(run, getStoredRollouts(run, range));
}

async function closeBatch(run: RolloutRun, batch: number, batches: number, rollouts: readonly Rollout[]): Promise<void> {
  const { split } = run.batch.env.config;
  const metrics = {
    ...computeStageMetrics(rollouts, split, run.returns),
    "progress/batch": batch,
    "progress/done_frac": (batch + 1) / batches,
  };
  await saveSteps(run, batch, rollouts);
  await run.store.addStage({ stage: "batch", batch, metrics, policy: null });
}

async function evaluate(run: RolloutRun, chosen: NonNullable<RolloutRun["evaluation"]>, batch: number): Promise<void> {
  run.progress.stage("evaluation");
  const rollouts = await playTaskRange(run, run.policy, getEvaluationRange(chosen, batch));
  if (run.signal.aborted) return;
  await run.store.addStage({ stage: "evaluation", batch, metrics: computeStageMetrics(rollouts, "eval", run.returns), policy: null });
}
