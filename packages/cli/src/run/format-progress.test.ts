import type { RunTotals, SimulationSpec } from "@tau2/orchestrator/internal";
import { describe, expect, it } from "vitest";
import { formatStatus } from "./format-progress.ts";
import { measureWidth } from "../ui/text.ts";

const paint = (_: unknown, text: string) => text;
const totals: RunTotals = {
  planned: 20,
  running: 2,
  finished: 9,
  failed: 1,
  reward: 4.5,
  cost: { agent: 0.02, user: 0.01, judge: 0 },
  costComplete: false,
};
const unit = (id: string): SimulationSpec => ({ task: { id } as SimulationSpec["task"], trial: 0, seed: 1 });
const running = [
  { unit: unit("first"), since: 0, messages: 4 },
  { unit: unit("second"), since: 5000, messages: 1 },
];
const status = (columns: number) => formatStatus({ totals, running, elapsed: 30, now: 10_000, columns, paint });

describe("where a run stands", () => {
  it("shows the most important items first, with a bar where there is room", () => {
    expect(status(140)).toEqual([
      "████████████░░░░░░░░░░░░ 10/20 done · reward 0.50 · 1 failed · 30.0 s left · 2 running · cost $0.0300 or more · 30.0 s",
      "  ▸ 10.0 s, 4 messages, task first, trial 1",
      "  ▸ 5.0 s, 1 message, task second, trial 1",
    ]);
  });

  it("leaves out what matters least on a narrow terminal, and never breaks a line", () => {
    expect(status(45)[0]).toBe("10/20 done · reward 0.50 · 1 failed");
    for (const columns of [10, 20, 33, 60, 90]) expect(Math.max(...status(columns).map(measureWidth))).toBeLessThanOrEqual(columns);
  });

  it("shows neither reward nor remaining time before the first simulation is done", () => {
    const first = formatStatus({
      totals: { ...totals, finished: 0, failed: 0, reward: 0 },
      running,
      elapsed: 3,
      now: 3,
      columns: 140,
      paint,
    });
    expect(first[0]).toContain("0/20 done · reward - · 2 running");
  });

  it("names some of many that are being played", () => {
    const many = Array.from({ length: 9 }, (_, i) => ({ unit: unit(`t${i}`), since: 0, messages: 0 }));
    expect(formatStatus({ totals, running: many, elapsed: 1, now: 1, columns: 80, paint })).toHaveLength(8);
  });
});
