import type { Rollout } from "@tau2/gym/training";
import { expect, it } from "vitest";
import { listFigures } from "./figures.ts";
import type { Purpose } from "./store/entries.ts";

function played(task: number, reward: number | null, more: Partial<Rollout> & { purpose?: Purpose; turns?: number } = {}) {
  const { purpose = "batch", turns = 2, ...rest } = more;
  const episode_steps = Array.from({ length: turns }, (_, i) => ({ truncated: reward === 0 && i === turns - 1 }));
  const rollout = {
    split: "train",
    try_step: 0,
    batch_id: 0,
    sample_id: task,
    task_id: `t${task}`,
    final_reward: reward,
    episode_steps,
    seconds: 1,
    ...rest,
  };
  return { purpose, rollout: rollout as unknown as Rollout };
}

it("pass^k is the mean over tasks, for k up to the fewest graded attempts of a task", () => {
  const [figures] = listFigures([played(0, 1), played(0, 1), played(0, 0), played(1, 1), played(1, 0)]);
  expect(figures).toMatchObject({ tasks: 2, episodes: 5, mean_reward: 0.6, truncated: 2 });
  expect(figures!.pass_hat_k[1]).toBeCloseTo((2 / 3 + 1 / 2) / 2);
  expect(figures!.pass_hat_k[2]).toBeCloseTo((1 / 3 + 0) / 2);
  expect(Object.keys(figures!.pass_hat_k)).toEqual(["1", "2"]);
});

it("an episode without a reward is an error, and in no other figure", () => {
  const [figures] = listFigures([played(0, 1, { turns: 4 }), played(1, null, { turns: 9 })]);
  expect(figures).toMatchObject({ episodes: 2, errors: 1, mean_reward: 1, mean_turns: 4, pass_hat_k: { 1: 1 } });
  expect(listFigures([played(0, null)])[0]).toMatchObject({ mean_reward: null, mean_turns: null, pass_hat_k: {} });
});

it("tries are apart; batches are together, and evaluations apart where there are several", () => {
  const evaluation = { purpose: "evaluation", split: "eval" } as const;
  const lists = (entries: ReturnType<typeof played>[]) => listFigures(entries).map(({ list, try_step }) => `${list} ${try_step}`);
  expect(lists([played(0, 1), played(0, 1, { try_step: 1 }), played(4, 1, { batch_id: 2 })])).toEqual(["train 0", "train 1"]);
  expect(lists([played(0, 1), played(0, 1, evaluation)])).toEqual(["train 0", "eval 0"]);
  expect(lists([played(0, 1, evaluation), played(0, 1, { ...evaluation, batch_id: 2 })])).toEqual(["eval, batch 0 0", "eval, batch 2 0"]);
});
