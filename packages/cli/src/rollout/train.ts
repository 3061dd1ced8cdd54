import { join } from "node:path";
import { Tau2Error } from "@tau2/domains";
import { saveReplayBuffer, type ReplayBuffer, type Rollout } from "@tau2/gym/training";
import { groupByTask, type RolloutMetrics } from "@tau2/gym/internal";
import { choosePolicy, type ChosenPolicy, type PolicyChange } from "./choose-policy.ts";
import { getPartValues } from "./identity.ts";
import { addToBuffer, getBufferFolder, createBuffer, saveSteps } from "./save-steps.ts";
import { getEvaluationRange, playTaskRange, type TaskRange } from "./play-task-range.ts";
import type { RolloutRun } from "./rollout-run.ts";
import { computeStageMetrics } from "./metrics.ts";
import type { Trainer, TrainerUpdate } from "./trainer.ts";

/** State that changes from batch to batch. */
interface Course {
  policy: ChosenPolicy;
  change: PolicyChange | null;
  buffer: ReplayBuffer;
  best: { batch: number; value: number } | null;
}

/**
 * Plays batch after batch of the train list, hands each over to the trainer, and evaluates in between (docs/spec/act-prm.md#13, #17). A run that was
 * interrupted continues with the first batch that was not learnt from, with the policy that the trainer had named by then.
 */
export async function train(run: RolloutRun, trainer: Trainer, env: NodeJS.ProcessEnv): Promise<void> {
  const { trainer: config } = run.composed;
  const { num_batches, save_every = 0 } = config.values;
  const first = firstBatch(run);
  const course = resumeCourse(run, first, env);
  const changePolicy = (update: TrainerUpdate | void) => {
    const { model_name, base_url } = update ?? {};
    if (model_name === undefined && base_url === undefined) return;
    course.change = {
      ...course.change,
      ...(model_name === undefined ? {} : { model_name }),
      ...(base_url === undefined ? {} : { base_url }),
    };
    course.policy = choosePolicy(run.composed, env, course.change);
  };
  try {
    changePolicy(await guard("begin", () => trainer.begin?.(describe(run, first, num_batches))));
    for (let batch = first; batch < num_batches && !run.signal.aborted; batch++) {
      const started = performance.now();
      const metrics: RolloutMetrics = {};
      if (isEvaluated(run, batch, num_batches)) Object.assign(metrics, await evaluate(run, trainer, course, batch));
      const isSaved = save_every > 0 && batch > 0 && batch % save_every === 0;
      if (isSaved) await guard("save", () => trainer.save?.({ batch, best: false, path: run.checkpoints }));
      const rollouts = await playBatch(run, course.policy, batch);
      if (run.signal.aborted) break;
      addToBuffer(run, course.buffer, rollouts);
      const learning = performance.now();
      const groups = groupByTask(rollouts, run.returns);
      const update = await guard("update", () =>
        trainer.update({ batch, groups, rollouts, replay_buffer: course.buffer, signal: run.signal }),
      );
      changePolicy(update);
      Object.assign(metrics, computeStageMetrics(rollouts, "train", run.returns), update?.metrics, {
        "progress/batch": batch,
        "progress/done_frac": (batch + 1) / num_batches,
        "time/train": (performance.now() - learning) / 1000,
        "time/total": (performance.now() - started) / 1000,
      });
      await saveSteps(run, batch, rollouts);
      if (course.buffer.length > 0) await saveReplayBuffer(course.buffer, getBufferFolder(run));
      await run.store.addStage({ stage: "batch", batch, metrics, policy: course.change });
    }
  } finally {
    await guard("end", () => trainer.end?.());
  }
}

/** Runs a trainer's method. Its errors keep their stack, which its author needs. */
async function guard<T>(name: keyof Trainer, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (cause) {
    throw new Tau2Error("trainer", `the trainer failed in ${name}: ${cause instanceof Error ? cause.stack : String(cause)}`, { cause });
  }
}

function firstBatch({ store }: RolloutRun): number {
  const done = store.getStages().flatMap(({ stage, batch }) => (stage === "batch" ? [batch] : []));
  return Math.max(-1, ...done) + 1;
}

/** Everything as it was before a batch: the policy, the steps so far, the best evaluation. */
function resumeCourse(run: RolloutRun, first: number, env: NodeJS.ProcessEnv): Course {
  const change = run.store.getStages().find(({ stage, batch }) => stage === "batch" && batch === first - 1)?.policy ?? null;
  const course: Course = {
    policy: change ? choosePolicy(run.composed, env, change) : run.policy,
    change,
    buffer: createBuffer(run),
    best: null,
  };
  const played = run.store.getRollouts().filter(({ purpose, rollout }) => purpose === "batch" && rollout.batch_id < first);
  addToBuffer(
    run,
    course.buffer,
    played.map(({ rollout }) => rollout),
  );
  for (const { stage, batch, metrics } of run.store.getStages()) {
    if (stage === "evaluation" && batch < first) noteBest(run, course, batch, metrics);
  }
  return course;
}

function describe(run: RolloutRun, first_batch: number, num_batches: number): Parameters<NonNullable<Trainer["begin"]>>[0] {
  const { environment, generator, trainer, replay_buffer, model, lora } = run.composed;
  return {
    name: run.name,
    log_path: run.folder,
    checkpoint_path: run.checkpoints,
    config: {
      environment: getPartValues(environment),
      generator: getPartValues(generator),
      trainer: getPartValues(trainer),
      replay_buffer: getPartValues(replay_buffer),
      model: model && getPartValues(model),
      lora: lora && getPartValues(lora),
    },
    num_batches,
    first_batch,
  };
}

/** The tasks of a batch follow those of the one before. Before a batch that would go beyond the list, the list is put in another order. */
async function playBatch(run: RolloutRun, policy: ChosenPolicy, batch: number): Promise<Rollout[]> {
  const { batch: chosen, composed, progress } = run;
  const { batch_size: size, num_batches } = composed.trainer.values;
  orderTasks(run, batch, size);
  progress.stage(`batch ${batch + 1}/${num_batches}`);
  const range: TaskRange = { purpose: "batch", chosen, split: "train", from: batch * size, count: size, batchOf: () => batch };
  return playTaskRange(run, policy, range);
}

/** Returns an order that follows from the seed and the batch alone, so that a resumed run has the same one. */
function orderTasks({ batch: { env } }: RolloutRun, batch: number, size: number): void {
  const tasks = env.datasets.train;
  const place = new Map(env.data.taskIds().map((id, i) => [id, i]));
  tasks.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  env.split = "train";
  let counter = tasks.length;
  for (let b = 0; b <= batch; b++) {
    if ((b + 1) * size <= counter) continue;
    counter += tasks.length;
    env.shuffle((env.config.data_seed ?? env.config.seed) + b);
  }
}

function isEvaluated({ composed }: RolloutRun, batch: number, batches: number): boolean {
  const { eval_every = 0, no_initial_eval = false } = composed.trainer.values;
  if (batch === batches - 1) return true;
  return eval_every > 0 && batch % eval_every === 0 && !(batch === 0 && no_initial_eval);
}

async function evaluate(run: RolloutRun, trainer: Trainer, course: Course, batch: number): Promise<RolloutMetrics> {
  const started = performance.now();
  const chosen = run.evaluation ?? run.batch;
  run.progress.stage(`evaluation before batch ${batch + 1}`);
  const rollouts = await playTaskRange(run, course.policy, getEvaluationRange(chosen, batch));
  if (run.signal.aborted) return {};
  const metrics = computeStageMetrics(rollouts, "eval", run.returns);
  if (noteBest(run, course, batch, metrics)) {
    await guard("save", () => trainer.save?.({ batch, best: true, path: join(run.checkpoints, `${String(batch).padStart(6, "0")}_best`) }));
    if (course.buffer.length > 0) await saveReplayBuffer(course.buffer, getBufferFolder(run, true));
  }
  await run.store.addStage({ stage: "evaluation", batch, metrics, policy: course.change });
  const best = course.best ? { "eval/best_batch": course.best.batch, "eval/best_metric": course.best.value } : {};
  return { ...best, "time/run_evals": (performance.now() - started) / 1000 };
}

/** As good counts as better, and of a loss less is better. */
function noteBest({ composed }: RolloutRun, course: Course, batch: number, metrics: RolloutMetrics): boolean {
  const { best_metric = "final_reward", eval_num_tries = 1 } = composed.trainer.values;
  const value = metrics[`eval/try_${eval_num_tries - 1}/${best_metric}`];
  if (value === undefined) return false;
  const isBetter = course.best === null || (best_metric === "loss" ? value <= course.best.value : value >= course.best.value);
  if (isBetter) course.best = { batch, value };
  return isBetter;
}
