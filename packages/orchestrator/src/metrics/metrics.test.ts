import type { RewardInfo } from "@tau2/domains";
import { describe, expect, test } from "vitest";
import { createRewardInfo } from "../evaluate/reward.ts";
import { type MeasuredRun, computeMetrics, isSuccess, passHatK, computePartialScores } from "./metrics.ts";

function run(task_id: string, reward: number | null, more: Partial<MeasuredRun> & { checks?: Partial<RewardInfo> } = {}): MeasuredRun {
  const { checks, ...rest } = more;
  const reward_info = reward === null ? null : createRewardInfo({ reward, ...checks });
  return { task_id, reward_info, termination_reason: "user_stop", agent_cost: 0.5, ...rest };
}
const broken = (task_id: string) => run(task_id, null, { termination_reason: "infrastructure_error", agent_cost: 0 });

describe("averages", () => {
  test("are over the simulations that have the value", () => {
    const metrics = computeMetrics([run("a", 1), run("a", 0, { agent_cost: null }), run("b", null, { agent_cost: 1 })], { num_trials: 1 });
    expect(metrics.avg_reward).toBe(0.5);
    expect(metrics.avg_agent_cost).toBe(0.75);
  });

  test("of unknown costs are NaN", () => {
    expect(computeMetrics([run("a", 1, { agent_cost: null })], { num_trials: 1 }).avg_agent_cost).toBeNaN();
  });

  test("of ungraded simulations are an error", () => {
    expect(() => computeMetrics([run("a", null)], { num_trials: 1 })).toThrow("lack a reward");
  });
});

describe("pass^k", () => {
  test("is the mean over tasks: 2 of 3 and 3 of 3", () => {
    const runs = [run("a", 1), run("a", 1), run("a", 0), run("b", 1), run("b", 1), run("b", 1)];
    const { pass_hat_ks } = computeMetrics(runs, { num_trials: 3 });
    expect(Object.keys(pass_hat_ks)).toEqual(["1", "2", "3"]);
    expect(pass_hat_ks["1"]).toBeCloseTo(5 / 6, 12);
    expect(pass_hat_ks["2"]).toBeCloseTo(2 / 3, 12);
    expect(pass_hat_ks["3"]).toBeCloseTo(1 / 2, 12);
  });

  test("goes as far as the task with the fewest simulations, and no further than the declared trials", () => {
    expect(
      Object.keys(computeMetrics([run("a", 1), run("a", 1), run("a", 1), run("b", 1), run("b", 1)], { num_trials: 3 }).pass_hat_ks),
    ).toEqual(["1", "2"]);
    expect(Object.keys(computeMetrics([run("a", 1), run("a", 1), run("a", 1)], { num_trials: 2 }).pass_hat_ks)).toEqual(["1", "2"]);
  });

  test("counts an ungraded or broken simulation as a failure", () => {
    expect(computeMetrics([run("a", 1), broken("a"), run("b", 1), run("b", null)], { num_trials: 2 }).pass_hat_ks).toEqual({
      "1": 0.5,
      "2": 0,
    });
  });
});

describe("counts", () => {
  test("leave out what an infrastructure error ended, which has a count of its own", () => {
    const metrics = computeMetrics([run("a", 1), broken("a"), broken("b")], { num_trials: 2 });
    expect(metrics).toMatchObject({
      total_simulations: 1,
      total_tasks: 1,
      infra_error_count: 2,
      termination_infrastructure_error: 2,
      db_not_checked: 1,
    });
  });

  test("are 0, and the averages too, when nothing else happened", () => {
    const metrics = computeMetrics([broken("a")], { num_trials: 1 });
    expect(metrics).toMatchObject({
      avg_reward: 0,
      pass_hat_ks: {},
      avg_agent_cost: 0,
      termination_infrastructure_error: 0,
      infra_error_count: 1,
    });
    expect(computeMetrics([], { num_trials: 1 })).toMatchObject({ avg_reward: 0, total_simulations: 0, db_not_checked: 0 });
  });

  test("count the ends of conversations, except time-outs, as in tau2-bench", () => {
    const reasons = ["user_stop", "agent_stop", "max_steps", "too_many_errors", "agent_error", "user_error", "timeout"] as const;
    const metrics = computeMetrics(
      reasons.map((termination_reason) => run("a", 0, { termination_reason })),
      { num_trials: 1 },
    );
    expect(metrics).toMatchObject({
      total_simulations: 7,
      termination_error: 3,
      termination_max_steps: 1,
      termination_agent_stop: 1,
      termination_user_stop: 1,
    });
  });

  test("know which databases matched and which reading and writing actions were done", () => {
    const action = { action_id: "1", requestor: "assistant" as const, name: "n", arguments: {}, info: null, compare_args: null };
    const check = (tool_type: "read" | "write" | "generic", action_match: boolean) => ({
      action,
      action_match,
      action_reward: action_match ? 1 : 0,
      tool_type,
    });
    const runs = [
      run("a", 1, {
        checks: {
          db_check: { db_match: true, db_reward: 1 },
          action_checks: [check("read", true), check("write", false), check("generic", true)],
        },
      }),
      run("a", 0, { checks: { db_check: { db_match: false, db_reward: 0 }, action_checks: [check("write", true)] } }),
      run("a", 0),
    ];
    expect(computeMetrics(runs, { num_trials: 1 })).toMatchObject({
      db_match_count: 1,
      db_mismatch_count: 1,
      db_not_checked: 1,
      correct_read_actions: 1,
      correct_write_actions: 1,
      total_read_actions: 1,
      total_write_actions: 2,
    });
  });

  test("see the reviews and classifications that other programs stored", () => {
    const errors = [
      { source: "user", severity: "critical_helped", turn_idx: 4, error_tags: ["told too much"] },
      { source: "agent", severity: "critical", turn_idx: 6, error_tags: ["broke policy"] },
      { source: "agent", severity: "minor", turn_idx: 2, error_tags: ["broke policy"] },
      { source: "unknown", severity: null },
    ];
    const runs = [
      run("a", 1, { review: { errors }, auth_classification: { status: "succeeded" } }),
      run("a", 1, { review: { errors: [] } }),
      run("a", 1),
    ];
    expect(computeMetrics(runs, { num_trials: 1 })).toMatchObject({
      auth_succeeded: 1,
      auth_not_checked: 2,
      agent_errors_by_severity: { critical: 1, minor: 1 },
      user_errors_by_severity: { critical_helped: 1 },
      sims_by_max_agent_severity: { critical: 1, none: 1 },
      sims_by_max_user_severity: { critical_helped: 1, none: 1 },
      sims_by_first_critical_source: { user: 1, none: 1 },
      agent_error_tags_by_severity: { "broke policy": { critical: 1, minor: 1 } },
    });
  });
});

/** Returns the share of all ways to draw k of n attempts, the first c of them successes, that draw successes only. */
function byTrying(n: number, c: number, k: number): number {
  let [all, good] = [0, 0];
  for (let drawn = 0; drawn < 2 ** n; drawn++) {
    const places = Array.from({ length: n }, (_, i) => i).filter((i) => (drawn >> i) & 1);
    if (places.length !== k) continue;
    all++;
    if (places.every((i) => i < c)) good++;
  }
  return good / all;
}

test("pass^k is the share of all draws of k attempts in which every one succeeded", () => {
  for (let n = 1; n <= 7; n++) {
    for (let c = 0; c <= n; c++) {
      for (let k = 1; k <= n; k++) expect(passHatK(n, c, k), `n=${n} c=${c} k=${k}`).toBeCloseTo(byTrying(n, c, k), 12);
    }
  }
});

test("pass^k needs k attempts", () => expect(() => passHatK(1, 1, 2)).toThrow("Number of trials 1 is less than k 2."));

describe("a success is a reward of 1 but for rounding", () => {
  test.each([
    [1, true],
    [0.999999, true],
    [1.000001, true],
    [0.99999, false],
    [1.1, false],
    [0, false],
    [null, false],
    [undefined, false],
  ])("%j: %j", (reward, success) => expect(isSuccess(reward)).toBe(success));
});

const action = { action_id: "1", requestor: "assistant" as const, name: "n", arguments: {}, info: null, compare_args: null };
const check = (tool_type: "read" | "write" | null, action_match: boolean) => ({
  action,
  action_match,
  action_reward: action_match ? 1 : 0,
  tool_type,
});

test("partial scores count actions together and by kind; a kind without actions does not have a score", () => {
  expect(computePartialScores({ action_checks: [check("write", true), check("write", false), check(null, true)] })).toEqual({
    total: { correct: 2, count: 3, proportion: 2 / 3 },
    read: null,
    write: { correct: 1, count: 2, proportion: 0.5 },
  });
});

test.each([null, { action_checks: null }, { action_checks: [] }])("partial scores need actions (%j)", (reward) =>
  expect(computePartialScores(reward)).toBeNull(),
);
