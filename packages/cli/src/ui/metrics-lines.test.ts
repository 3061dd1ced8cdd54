import { computeMetrics, coverageOf, type SimulationRun } from "@tau2/orchestrator";
import { expect, it } from "vitest";
import { metricsLines } from "./metrics-lines.ts";

const paint = (_: unknown, text: string) => text;
const tasks = [{ id: "a" }, { id: "b" }];
const info = { num_trials: 2 };
const simulation = (task_id: string, reward: number | null, more: Partial<SimulationRun> = {}) =>
  ({
    task_id,
    reward_info: reward === null ? null : { reward, db_check: { db_match: reward === 1, db_reward: reward }, action_checks: null },
    termination_reason: "user_stop",
    agent_cost: 0.5,
    user_cost: 0.25,
    info: null,
    ...more,
  }) as SimulationRun;

it("figures stand on how many simulations there were and why some do not count", () => {
  const simulations = [
    simulation("a", 1),
    simulation("a", 0, { termination_reason: "timeout" }),
    simulation("b", null, { termination_reason: "infrastructure_error", agent_cost: null }),
  ];
  const lines = metricsLines(computeMetrics(simulations, info), coverageOf(simulations, info, tasks), { paint });
  expect(lines[0]).toBe("simulations     4 planned, 2 graded, 2 excluded (1 fault, 1 not played)");
  expect(lines).toContain("average reward  0.5000");
  expect(lines).toContain("ended by        the user 1, the time limit 1");
  expect(lines).toContain("cost            agent unknown, user $0.7500, judge $0");
});

it("pass^k says what it means where there is room", () => {
  const simulations = [simulation("a", 1), simulation("a", 0), simulation("b", 1), simulation("b", 1)];
  const text = (width?: number) =>
    metricsLines(computeMetrics(simulations, info), coverageOf(simulations, info, tasks), { paint, width }).join("\n");
  expect(text()).toMatch(/pass\^1 {10}0\.750 {3}the chance that k attempts .*\npass\^2 {10}0\.500/);
  expect(text(60)).toMatch(/pass\^1 {10}0\.750\n/);
});

it("without a grade there are no figures", () => {
  expect(metricsLines(null, coverageOf([], info, tasks), { paint })).toEqual([
    "simulations  4 planned, 0 graded, 4 excluded (4 not played)",
    "cost         agent $0, user $0, judge $0",
  ]);
});
