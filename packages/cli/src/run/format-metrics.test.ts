import type { Results, SimulationRun } from "@tau2/orchestrator/results";
import { expect, it } from "vitest";
import { computeRunMetrics } from "./run-metrics.ts";
import { formatMetrics } from "./format-metrics.ts";

const paint = (_: unknown, text: string) => text;
const tasks = [{ id: "a" }, { id: "b" }];
const linesOf = (simulations: SimulationRun[], width?: number) =>
  formatMetrics(computeRunMetrics({ simulations, tasks, info: { num_trials: 2 } } as unknown as Results), { paint, width });
const simulation = (task_id: string, reward: number | null, more: Partial<SimulationRun> = {}) =>
  ({
    task_id,
    reward_info:
      reward === null
        ? null
        : { reward, db_check: { db_match: reward === 1, db_reward: reward }, action_checks: null, reward_basis: ["DB"] },
    termination_reason: "user_stop",
    agent_cost: 0.5,
    user_cost: 0.25,
    info: null,
    ...more,
  }) as SimulationRun;

it("metrics begin with the number of simulations and the reasons why some do not count", () => {
  const simulations = [
    simulation("a", 1),
    simulation("a", 0, { termination_reason: "timeout" }),
    simulation("b", null, { termination_reason: "infrastructure_error", agent_cost: null }),
  ];
  const lines = linesOf(simulations);
  expect(lines[0]).toBe("simulations     4 planned, 2 graded, 2 excluded (1 fault, 1 not played)");
  expect(lines).toContain("average reward  0.5000   INCOMPLETE: of 2 of 4 simulations");
  expect(lines).toContain("ended by        the user 1, the time limit 1");
  expect(lines).toContain("cost            agent unknown, user $0.7500, judge $0");
});

it("pass^k says what it means, in lines that fit", () => {
  const simulations = [simulation("a", 1), simulation("a", 0), simulation("b", 1), simulation("b", 1)];
  expect(linesOf(simulations).join("\n")).toMatch(
    /pass\^1 {10}0\.750 {2}\[0\.01, 1\.00\]\npass\^2 {10}0\.500 .*\n[^]*pass\^k: the chance that k attempts at a task/,
  );
  const narrow = linesOf(simulations, 60);
  expect(narrow.join(" ")).toContain("mean over tasks of C(c,k) / C(n,k) for c successes in n simulations");
  expect(Math.max(...narrow.map((text) => text.length))).toBeLessThanOrEqual(60);
});

it("without a grade the metrics are left out", () => {
  expect(linesOf([])).toEqual(["simulations  4 planned, 0 graded, 4 excluded (4 not played)", "cost         agent $0, user $0, judge $0"]);
});

it("the share of matching databases appears only where it counts", () => {
  const counted = simulation("a", 1);
  const free = { ...counted, reward_info: { ...counted.reward_info!, reward_basis: ["ACTION" as const] } };
  expect(linesOf([counted])).toContain("databases       1/1 (100.0%)");
  expect(linesOf([free]).join("\n")).not.toContain("databases");
});
