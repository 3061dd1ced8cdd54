import { expect, it } from "vitest";
import { measureWidth } from "../ui/text.ts";
import { rolloutStatus, type RunningEpisode } from "./progress.ts";

const paint = (_: unknown, text: string) => text;
const totals = { planned: 10, running: 8, done: 4, failed: 1, correct: 2, rewardSum: 2.4, steps: 26 };
const running = Array.from({ length: 8 }, (_, i): RunningEpisode => {
  return { key: { split: "train", sample_id: i, generation_id: 1, try_step: 0 }, since: 1000, turns: i };
});
const status = { stage: "batch 2/5", totals, running, elapsed: 65, now: 4000, columns: 110, paint };

it("says the stage, the progress, the mean reward of graded episodes, and the errors", () => {
  const [figures, first, ...rest] = rolloutStatus(status);
  expect(figures).toBe(`${"█".repeat(10)}${"░".repeat(14)} batch 2/5 4/10 · reward 0.80 · 1 error · 8 running · 6.5 turns · 1 min 05 s`);
  expect(first).toBe("  ▸ 3.0 s, 0 turns, train 0, generation 1");
  expect(rest.at(-1)).toBe("  … and 2 more");
  expect(rest).toHaveLength(6);
});

it("fits the terminal, the most important first", () => {
  for (const columns of [20, 40, 60]) {
    const lines = rolloutStatus({ ...status, columns });
    expect(Math.max(...lines.map(measureWidth))).toBeLessThanOrEqual(columns);
    expect(lines[0]).toMatch(/^batch 2\/5 4\/10/);
  }
});

it("ungraded episodes do not have a mean", () => {
  expect(rolloutStatus({ ...status, totals: { ...totals, done: 0, failed: 0, steps: 0 }, running: [] })).toEqual([
    `${"░".repeat(24)} batch 2/5 0/10 · reward - · 8 running · 1 min 05 s`,
  ]);
});
