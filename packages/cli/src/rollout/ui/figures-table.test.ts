import { expect, it } from "vitest";
import type { ListFigures } from "../figures.ts";
import { figuresTable } from "./figures-table.ts";

const paint = (_: unknown, text: string) => text;
const list = (more: Partial<ListFigures> = {}): ListFigures => ({
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

it("mean reward, pass@1, pass^k, turns and errors stand in a row", () => {
  expect(figuresTable([list()], { paint })).toEqual([
    "tasks of  tasks  episodes  mean reward  pass@1  pass^2  pass^3  pass^4  pass^8  turns  truncated  errors  time each",
    "train        30       240       0.4375   0.438   0.300   0.200   0.150   0.050   12.3          3       0       42 s",
  ]);
});

it("what nobody knows is a dash, and tries are told apart where there are several", () => {
  const unknown = list({ try_step: 1, mean_reward: null, pass_hat_k: {}, mean_turns: null, mean_seconds: null, errors: 240 });
  const [head, first, second] = figuresTable([list({ pass_hat_k: { 1: 1 } }), unknown], { paint });
  expect(head).toMatch(/^tasks of {2}try /);
  expect(first).toMatch(/^train +0 +30 +240 +0\.4375 +1\.000 /);
  expect(second).toMatch(/^train +1 +30 +240 +- +- +- +3 +240 +-$/);
});

it("on a narrow terminal the figures that matter most stay", () => {
  const [head] = figuresTable([list()], { paint, width: 60 });
  expect(head).toBe("tasks of  episodes  mean reward  pass@1  turns  errors");
});
