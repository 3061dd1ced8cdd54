import { expect, test } from "vitest";
import { createRewardInfo } from "../evaluate/reward.ts";
import { agentSays, deskTask, userSays } from "../../test/desk.ts";
import { computeCoverage } from "./coverage.ts";
import type { MeasuredRun } from "./metrics.ts";

const graded: MeasuredRun = {
  task_id: "a",
  reward_info: createRewardInfo({ reward: 1 }),
  termination_reason: "user_stop",
  agent_cost: 1,
  user_cost: 0.5,
};
const judged = (cost: number | null): MeasuredRun => ({
  ...graded,
  info: { tau2: { form: 1, report: { judge: { model: "j", attempts: 1, cost, usage: null } } } },
});
const tasks = [{ id: "a" }, { id: "b" }];

test("a run's coverage counts planned, rewarded and missing simulations, and the reasons without a reward", () => {
  const runs: MeasuredRun[] = [
    graded,
    { ...graded, reward_info: null },
    { ...graded, reward_info: null, termination_reason: "infrastructure_error" },
  ];
  expect(computeCoverage(runs, { num_trials: 2 }, tasks)).toMatchObject({
    planned: 4,
    graded: 1,
    ungraded: { infrastructure_error: 1, other: 1 },
    missing: 1,
  });
});

test("faults are counted by their class, of those that were not held and those that were not graded", () => {
  const failed = (info: MeasuredRun["info"]): MeasuredRun => ({
    ...graded,
    reward_info: null,
    termination_reason: "infrastructure_error",
    info: info ?? null,
  });
  const fault = (name: string) => failed({ tau2: { fault: { class: name, role: "agent" } } });
  const ungraded = { ...failed({ tau2: { grading_fault: { class: "judge", role: "judge" } } }), termination_reason: "user_stop" as const };
  const runs = [fault("timeout"), fault("context"), fault("timeout"), ungraded, failed({ error: "of another program" }), graded];
  expect(computeCoverage(runs, { num_trials: 6 }, [{ id: "a" }])).toMatchObject({
    ungraded: { infrastructure_error: 4, other: 1 },
    faults: { timeout: 2, context: 1, judge: 1 },
  });
});

test("costs are sums, the judge's among them; one unknown makes the sum unknown", () => {
  expect(computeCoverage([graded, judged(0.25), judged(0.25)], { num_trials: 2 }, tasks).cost).toEqual({ agent: 3, user: 1.5, judge: 0.5 });
  expect(computeCoverage([judged(null), { ...graded, agent_cost: null }], { num_trials: 1 }, tasks).cost).toEqual({
    agent: null,
    user: 1,
    judge: null,
  });
});

test("zero dollars for tokens are unknown dollars: tau2-bench stores 0 for a model without a price", () => {
  const said = (usage: { prompt_tokens: number; completion_tokens: number } | null): MeasuredRun => ({
    ...graded,
    agent_cost: 0,
    messages: [
      { ...agentSays("Hello"), cost: 0, usage },
      { ...userSays("Hi"), cost: 0.5, usage: { prompt_tokens: 4, completion_tokens: 1 } },
    ],
  });
  const cost = (run: MeasuredRun) => computeCoverage([run], { num_trials: 1 }, tasks).cost;
  expect(cost(said({ prompt_tokens: 6356, completion_tokens: 39 }))).toMatchObject({ agent: null, user: 0.5 });
  expect(cost(said(null))).toMatchObject({ agent: 0, user: 0.5 });
});

test("a task's history did not cost this run anything", () => {
  const history = [
    { ...agentSays("Hello"), cost: null },
    { ...userSays("Hi"), cost: null },
  ];
  const begun = [deskTask({ id: "a", initial_state: { message_history: history } })];
  const run = (cost: number | null): MeasuredRun => ({
    ...graded,
    agent_cost: null,
    user_cost: null,
    messages: [...history, { ...agentSays("Now?"), cost }, { ...userSays("Yes"), cost: 0.25 }],
  });
  expect(computeCoverage([run(0.5), run(0)], { num_trials: 2 }, begun).cost).toEqual({ agent: 0.5, user: 0.5, judge: 0 });
  expect(computeCoverage([run(0.5), run(null)], { num_trials: 2 }, begun).cost).toEqual({ agent: null, user: 0.5, judge: 0 });
  const broken = { ...run(0), messages: [], reward_info: null };
  expect(computeCoverage([broken], { num_trials: 1 }, begun).cost.agent).toBeNull();
});
