import type { Rollout } from "@tau2/gym/training";
import { fillBuffer } from "./fill-buffer.ts";
import { evaluationRange, playList, storedIn, type TaskRange } from "./play-list.ts";
import { groupSize, numTries } from "./prepare.ts";
import type { RolloutRun } from "./rollout-run.ts";
import { saveSteps } from "./save-steps.ts";
import { stageMetrics } from "./stage-metrics.ts";

/**
 * Plays every task of the environment's list, then the eval list of the other environment where there is one. Nobody waits for a batch to be
 * over: a batch only says which tasks stand together in the figures.
 */
export async function playOnce(run: RolloutRun): Promise<void> {
  const { composed, batch: chosen, evaluation, policy, progress, signal } = run;
  const { batch_size: size = 16, num_batches: most = 1000 } = composed.trainer.values;
  const { split } = chosen.env.config;
  const count = Math.min(chosen.env.datasets[split].length, size * most);
  const batches = Math.ceil(count / size);
  const range: TaskRange = { purpose: "batch", chosen, split, from: 0, count, batchOf: (sampleId) => Math.floor(sampleId / size) };
  const attempts = groupSize(composed, split) * numTries(composed, split);
  const ofBatch = (batch: number) => storedIn(run, { ...range, from: batch * size, count: Math.min(size, count - batch * size) });

  const episodesIn = (batch: number) => Math.min(size, count - batch * size) * attempts;
  const done = new Map<number, number>();
  const countIn = ({ batch_id }: Rollout) => done.set(batch_id, (done.get(batch_id) ?? 0) + 1).get(batch_id)!;
  for (const rollout of storedIn(run, range)) if (rollout.error === null) countIn(rollout);
  const closed = new Set<number>();
  const close = async (batch: number) => {
    closed.add(batch);
    await closeBatch(run, batch, batches, ofBatch(batch));
  };

  progress.stage(split);
  await playList(run, policy, range, async (rollout) => {
    if (countIn(rollout) === episodesIn(rollout.batch_id)) await close(rollout.batch_id);
  });
  if (!signal.aborted) for (let batch = 0; batch < batches; batch++) if (!closed.has(batch)) await close(batch);
  if (evaluation && !signal.aborted) await evaluate(run, evaluation, batches);
  await fillBuffer(run, storedIn(run, range));
}

async function closeBatch(run: RolloutRun, batch: number, batches: number, rollouts: readonly Rollout[]): Promise<void> {
  const { split } = run.batch.env.config;
  const metrics = { ...stageMetrics(rollouts, split, run.returns), "progress/batch": batch, "progress/done_frac": (batch + 1) / batches };
  await saveSteps(run, batch, rollouts);
  await run.store.addStage({ stage: "batch", batch, metrics, policy: null });
}

async function evaluate(run: RolloutRun, chosen: NonNullable<RolloutRun["evaluation"]>, batch: number): Promise<void> {
  run.progress.stage("evaluation");
  const rollouts = await playList(run, run.policy, evaluationRange(chosen, batch));
  if (run.signal.aborted) return;
  await run.store.addStage({ stage: "evaluation", batch, metrics: stageMetrics(rollouts, "eval", run.returns), policy: null });
}
