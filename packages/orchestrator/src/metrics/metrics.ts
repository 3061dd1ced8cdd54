import { isRecord } from "@tau2/domains/internal";
import { type Json, Tau2Error } from "@tau2/domains";
import type { RunInfo } from "../results/results.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { MeasuredRun } from "./measured-run.ts";
import { computePartialScores } from "./partial-scores.ts";
import { passHatKs, type Attempts } from "./pass-hat-k.ts";
import { computeReviewMetrics, type ReviewMetrics } from "./review-figures.ts";
import { computeTaskMetrics } from "./task-figures.ts";

/** Figures of a run, by the reference's names (docs/spec/core.md#8). */
export interface Metrics extends ReviewMetrics {
  /** Mean over graded simulations. */
  avg_reward: number;
  /** By k, from 1 to the number of trials or the smallest number of simulations of a task. */
  pass_hat_ks: Record<string, number>;
  /** US dollars; mean over simulations of known cost, NaN when there is none. */
  avg_agent_cost: number;
  total_simulations: number;
  total_tasks: number;
  infra_error_count: number;
  total_read_actions: number;
  correct_read_actions: number;
  total_write_actions: number;
  correct_write_actions: number;
  db_match_count: number;
  db_mismatch_count: number;
  db_not_checked: number;
  auth_succeeded: number;
  auth_failed: number;
  auth_not_needed: number;
  auth_not_checked: number;
  termination_user_stop: number;
  termination_agent_stop: number;
  termination_max_steps: number;
  termination_error: number;
  termination_infrastructure_error: number;
  /** Always 0: what these two count is only there when people speak. */
  sims_with_unresponsive_period: number;
  sims_with_responsiveness_info: number;
}

/**
 * The reference's figures of a run. Simulations that an infrastructure error ended are in the averages and pass^k but not in the counts;
 * when there are no others everything is 0.
 * @throws Tau2Error `invalid` when no simulation has a reward.
 */
export function computeMetrics(simulations: readonly MeasuredRun[], info: Pick<RunInfo, "num_trials">): Metrics {
  const counted = simulations.filter(({ termination_reason }) => termination_reason !== "infrastructure_error");
  const infra = simulations.length - counted.length;
  const nothing = counted.length === 0;
  const scores = counted.map(({ reward_info }) => computePartialScores(reward_info));
  const sum = (of: (score: NonNullable<(typeof scores)[number]>) => number | undefined) =>
    scores.reduce((total, score) => total + ((score && of(score)) ?? 0), 0);
  const having = (holds: (run: MeasuredRun) => boolean) => counted.filter(holds).length;
  const ended = (...reasons: SimulationRun["termination_reason"][]) => having((run) => reasons.includes(run.termination_reason));
  const classified = (status: string | undefined) => having((run) => authStatus(run.auth_classification) === status);
  return {
    avg_reward: nothing ? 0 : averageReward(simulations),
    pass_hat_ks: nothing ? {} : passHatKs(attemptsOf(simulations), info.num_trials),
    avg_agent_cost: nothing ? 0 : (mean(simulations.map(({ agent_cost }) => agent_cost)) ?? Number.NaN),
    total_simulations: counted.length,
    total_tasks: new Set(counted.map(({ task_id }) => task_id)).size,
    infra_error_count: infra,
    total_read_actions: sum(({ read }) => read?.count),
    correct_read_actions: sum(({ read }) => read?.correct),
    total_write_actions: sum(({ write }) => write?.count),
    correct_write_actions: sum(({ write }) => write?.correct),
    db_match_count: having(({ reward_info }) => reward_info?.db_check?.db_match === true),
    db_mismatch_count: having(({ reward_info }) => reward_info?.db_check?.db_match === false),
    db_not_checked: having(({ reward_info }) => !reward_info?.db_check),
    auth_succeeded: classified("succeeded"),
    auth_failed: classified("failed"),
    auth_not_needed: classified("not_needed"),
    auth_not_checked: classified(undefined),
    termination_user_stop: ended("user_stop"),
    termination_agent_stop: ended("agent_stop"),
    termination_max_steps: ended("max_steps"),
    termination_error: ended("too_many_errors", "agent_error", "user_error"),
    termination_infrastructure_error: nothing ? 0 : infra,
    sims_with_unresponsive_period: 0,
    sims_with_responsiveness_info: 0,
    ...computeReviewMetrics(counted.map(({ review = null }) => ({ review }))),
  };
}

function attemptsOf(simulations: readonly MeasuredRun[]): Attempts[] {
  return computeTaskMetrics(simulations).map((task) => ({ n: task.simulations, c: task.successes }));
}

function averageReward(simulations: readonly MeasuredRun[]): number {
  const average = mean(simulations.map(({ reward_info }) => reward_info?.reward));
  if (average === null) throw new Tau2Error("invalid", "no simulation has a reward; grade them before asking for figures");
  return average;
}

/** Mean of what is known; null when nothing is. */
function mean(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function authStatus(classification: Json | undefined): string | undefined {
  const status = isRecord(classification) ? classification["status"] : undefined;
  return typeof status === "string" ? status : undefined;
}
