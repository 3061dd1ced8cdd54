import { groupRollouts, type Rollout } from "@tau2/gym/training";
import type { ChosenEnvironment } from "./choose-environment.ts";
import type { ChosenPolicy } from "./choose-policy.ts";
import { groupSize, numTries } from "./prepare.ts";
import type { RolloutRun } from "./rollout-run.ts";
import type { Purpose } from "./store/entries.ts";

/** Tasks that are played together. */
export interface TaskRange {
  readonly purpose: Purpose;
  readonly chosen: ChosenEnvironment;
  readonly split: Rollout["split"];
  /** First task's place in its list. */
  readonly from: number;
  readonly count: number;
  /** In which batch a task is. */
  batchOf(sampleId: number): number;
}

/** The whole eval list of an environment, as it is played before a batch. */
export function evaluationRange(chosen: ChosenEnvironment, batch: number): TaskRange {
  return { purpose: "evaluation", chosen, split: "eval", from: 0, count: chosen.env.datasets.eval.length, batchOf: () => batch };
}

/** Plays what is not played yet, stores each episode as soon as it is over, and tells what there is of all of them then. */
export async function playList(
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
    groupSize: groupSize(composed, split),
    numTries: numTries(composed, split),
    seed: env.config.seed,
    finished: storedIn(run, range).filter(({ error }) => error === null),
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
  return storedIn(run, range);
}

/** What is stored of tasks, in the order in which they stand in their list. */
export function storedIn({ store }: Pick<RolloutRun, "store">, { purpose, split, from, count, batchOf }: TaskRange): Rollout[] {
  return [...store.rollouts.values()]
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
