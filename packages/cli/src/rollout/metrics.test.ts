import type { StoredRollout } from "@tau2/gym/internal";
import type { Rollout } from "@tau2/gym/training";
import { expect, it } from "vitest";
import { computeTaskListMetrics, type TaskListMetrics, formatMetricsTable } from "./metrics.ts";

function played(task: number, reward: number | null, more: Partial<Rollout> & { purpose?: StoredRollout["purpose"]; turns?: number } = {}) {
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
  const [figures] = computeTaskListMetrics([played(0, 1), played(0, 1), played(0, 0), played(1, 1), played(1, 0)]);
  expect(figures).toMatchObject({ tasks: 2, episodes: 5, mean_reward: 0.6, truncated: 2 });
  expect(figures!.pass_hat_k[1]).toBeCloseTo((2 / 3 + 1 / 2) / 2);
  expect(figures!.pass_hat_k[2]).toBeCloseTo((1 / 3 + 0) / 2);
  expect(Object.keys(figures!.pass_hat_k)).toEqual(["1", "2"]);
});

it("an episode without a reward is an error, and not in any other metric", () => {
  const [figures] = computeTaskListMetrics([played(0, 1, { turns: 4 }), played(1, null, { turns: 9 })]);
  expect(figures).toMatchObject({ episodes: 2, errors: 1, mean_reward: 1, mean_turns: 4, pass_hat_k: { 1: 1 } });
  expect(computeTaskListMetrics([played(0, null)])[0]).toMatchObject({ mean_reward: null, mean_turns: null, pass_hat_k: {} });
});

it("tries are apart; batches are together, and evaluations apart where there are several", () => {
  const evaluation = { purpose: "evaluation", split: "eval" } as const;
  const lists = (entries: ReturnType<typeof played>[]) =>
    computeTaskListMetrics(entries).map(({ list, try_step }) => `${list} ${try_step}`);
  expect(lists([played(0, 1), played(0, 1, { try_step: 1 }), played(4, 1, { batch_id: 2 })])).toEqual(["train 0", "train 1"]);
  expect(lists([played(0, 1), played(0, 1, evaluation)])).toEqual(["train 0", "eval 0"]);
  expect(lists([played(0, 1, evaluation), played(0, 1, { ...evaluation, batch_id: 2 })])).toEqual(["eval, batch 0 0", "eval, batch 2 0"]);
});

const paint = (_: unknown, text: string) => text;
const list = (more: Partial<TaskListMetrics> = {}): TaskListMetrics => ({
  list: "train",
  purpose: "batch",
  split: "train",
  try_step: 0,
  tasks: 30,
  episodes: 240,
  errors: 0,
  mean_reward: 0.4375,
  pass_hat_k: { 1: 0.4375, 2: 0.3, 3: 0.2, 4: 0.15, 5: 0.12, 6: 0.11, 7: 0.1, 8: 0.05 },
  mean_turns: 12.34,
  truncated: 3,
  mean_seconds: 42,
  ...more,
});

it("mean reward, pass@1, pass^k, turns and errors are in a row", () => {
  expect(formatMetricsTable([list()], { paint })).toEqual([
    "tasks of  tasks  episodes  mean reward  pass@1  pass^2  pass^3  pass^4  pass^8  turns  truncated  errors  time each",
    "train        30       240       0.4375   0.438   0.300   0.200   0.150   0.050   12.3          3       0     42.0 s",
  ]);
});

it("an unknown value is a dash, and tries are distinguished where there are several", () => {
  const unknown = list({ try_step: 1, mean_reward: null, pass_hat_k: {}, mean_turns: null, mean_seconds: null, errors: 240 });
  const [head, first, second] = formatMetricsTable([list({ pass_hat_k: { 1: 1 } }), unknown], { paint });
  expect(head).toMatch(/^tasks of {2}try /);
  expect(first).toMatch(/^train +0 +30 +240 +0\.4375 +1\.000 /);
  expect(second).toMatch(/^train +1 +30 +240 +- +- +- +3 +240 +-$/);
});

it("on a narrow terminal the metrics that matter most stay", () => {
  const [head] = formatMetricsTable([list()], { paint, width: 60 });
  expect(head).toBe("tasks of  episodes  mean reward  pass@1  turns  errors");
});
