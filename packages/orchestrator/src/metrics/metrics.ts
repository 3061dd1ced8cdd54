import type { SimulationRun, RunInfo } from "../results/results.ts";
import { type RewardInfo, Tau2Error, type Json } from "@tau2/domains";
import { isRecord, compareCodePoints } from "@tau2/domains/internal";
/** Fields of a simulation that metrics read. */
export type MeasuredRun = Pick<SimulationRun, "task_id" | "reward_info" | "termination_reason" | "agent_cost"> &
  Partial<Pick<SimulationRun, "user_cost" | "auth_classification" | "review" | "info" | "messages">>;

/** Counts of the solution's actions: all of them, and the performed ones. */
export interface ActionScore {
  correct: number;
  count: number;
  /** `correct / count`. */
  proportion: number;
}

/** Computes the partial scores of one simulation's actions, all, reading and writing ones; null without actions (docs/spec/core.md#7-8). */
export interface PartialScores {
  total: ActionScore;
  read: ActionScore | null;
  write: ActionScore | null;
}

/** Computes the partial scores of a simulation; null if it was not graded by actions. */
export function computePartialScores(reward: Pick<RewardInfo, "action_checks"> | null): PartialScores | null {
  const checks = reward?.action_checks ?? [];
  const total = countActions(checks);
  if (!total) return null;
  const countKind = (kind: "read" | "write") => countActions(checks.filter(({ tool_type }) => tool_type === kind));
  return { total, read: countKind("read"), write: countKind("write") };
}

function countActions(checks: readonly { action_match: boolean }[]): ActionScore | null {
  if (checks.length === 0) return null;
  const correct = checks.filter(({ action_match }) => action_match).length;
  return { correct, count: checks.length, proportion: correct / checks.length };
}

/**
 * Returns the probability that k attempts, drawn from n of which c succeeded, all succeed: C(c,k) / C(n,k) (docs/spec/core.md#8).
 * @throws Tau2Error `invalid` when there are fewer attempts than k.
 */
export function passHatK(n: number, c: number, k: number): number {
  if (n < k) throw new Tau2Error("invalid", `Number of trials ${n} is less than k ${k}.`);
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, c - i) / (n - i);
  return chance;
}

/** Returns true if a reward is a success: 1, up to rounding. False for null, ungraded. */
export function isSuccess(reward: number | null | undefined): boolean {
  return reward !== null && reward !== undefined && 1 - 1e-6 <= reward && reward <= 1 + 1e-6;
}

/** Attempts of a task, and their successes. */
export interface Attempts {
  readonly n: number;
  readonly c: number;
}

/** Computes pass^k by k, the mean over tasks: from 1 to the smallest number of attempts at a task, or to `most`. */
export function passHatKs(tasks: readonly Attempts[], most = Number.POSITIVE_INFINITY): Record<string, number> {
  const last = tasks.length === 0 ? 0 : Math.min(most, ...tasks.map(({ n }) => n));
  const chances: Record<string, number> = {};
  for (let k = 1; k <= last; k++) chances[k] = tasks.reduce((sum, { n, c }) => sum + passHatK(n, c, k), 0) / tasks.length;
  return chances;
}

/** Counts over the reviews that other programs stored with the simulations (docs/spec/core.md#8). */
export interface ReviewMetrics {
  agent_errors_by_severity: Record<string, number>;
  user_errors_by_severity: Record<string, number>;
  /** Simulations by the worst error of a side; `none` where it made none. */
  sims_by_max_agent_severity: Record<string, number>;
  sims_by_max_user_severity: Record<string, number>;
  /** Simulations by whose critical error came first. */
  sims_by_first_critical_source: Record<string, number>;
  agent_error_tags_by_severity: Record<string, Record<string, number>>;
  user_error_tags_by_severity: Record<string, Record<string, number>>;
}

type Side = "agent" | "user";
interface ReviewError {
  source: Side;
  severity: string;
  turn: number;
  tags: string[];
}

const worst = { agent: ["critical", "minor"], user: ["critical_hindered", "critical_helped", "minor"] } as const;

/** Computes the metrics of all simulations that have a review. */
function computeReviewMetrics(simulations: readonly { review: Json }[]): ReviewMetrics {
  const metrics: ReviewMetrics = {
    agent_errors_by_severity: {},
    user_errors_by_severity: {},
    sims_by_max_agent_severity: {},
    sims_by_max_user_severity: {},
    sims_by_first_critical_source: {},
    agent_error_tags_by_severity: {},
    user_error_tags_by_severity: {},
  };
  for (const { review } of simulations) {
    if (!isRecord(review)) continue;
    const errors = listErrors(review);
    for (const { source, severity, tags } of errors) {
      count(metrics[`${source}_errors_by_severity`], severity);
      for (const tag of tags) count((metrics[`${source}_error_tags_by_severity`][tag] ??= {}), severity);
    }
    for (const side of ["agent", "user"] as const) {
      const max = worst[side].find((severity) => errors.some((error) => error.source === side && error.severity === severity));
      count(metrics[`sims_by_max_${side}_severity`], max ?? "none");
    }
    const critical = errors.filter(({ severity }) => severity.startsWith("critical")).toSorted((a, b) => a.turn - b.turn)[0];
    count(metrics.sims_by_first_critical_source, critical?.source ?? "none");
  }
  return metrics;
}

function listErrors(review: Record<string, unknown>): ReviewError[] {
  const list: unknown[] = Array.isArray(review["errors"]) ? review["errors"] : [];
  return list.filter(isRecord).flatMap(({ source, severity, turn_idx, error_tags }) => {
    if ((source !== "agent" && source !== "user") || typeof severity !== "string") return [];
    const tags = Array.isArray(error_tags) ? error_tags.map(String) : [];
    return { source, severity, tags, turn: typeof turn_idx === "number" ? turn_idx : Infinity };
  });
}

function count(into: Record<string, number>, key: string): void {
  into[key] = (into[key] ?? 0) + 1;
}

/** Metrics of one task. */
export interface TaskMetrics {
  task_id: string;
  /** Simulations on record, those without a grade included. */
  simulations: number;
  /** Rewards of those that have one. */
  rewards: number[];
  /** Number of successes among them. */
  successes: number;
  /** By k, from 1 to the number of simulations. An ungraded simulation counts as a failure. */
  pass_hat_ks: Record<string, number>;
}

/** Computes the metrics of each task with a simulation, in the order of their ids. */
export function computeTaskMetrics(simulations: readonly MeasuredRun[]): TaskMetrics[] {
  const byTask = new Map<string, MeasuredRun[]>();
  for (const simulation of simulations) byTask.set(simulation.task_id, [...(byTask.get(simulation.task_id) ?? []), simulation]);
  return [...byTask].toSorted(([a], [b]) => compareCodePoints(a, b)).map(([task_id, runs]) => measureTask(task_id, runs));
}

function measureTask(task_id: string, runs: readonly MeasuredRun[]): TaskMetrics {
  const rewards = runs.flatMap(({ reward_info }) => (reward_info ? [reward_info.reward] : []));
  const successes = rewards.filter((reward) => isSuccess(reward)).length;
  const ks = runs.map((_, i) => i + 1);
  return {
    task_id,
    simulations: runs.length,
    rewards,
    successes,
    pass_hat_ks: Object.fromEntries(ks.map((k) => [k, passHatK(runs.length, successes, k)])),
  };
}

/** Metrics of a run, by tau2-bench's names (docs/spec/core.md#8). */
export interface Metrics extends ReviewMetrics {
  /** Mean over graded simulations. */
  avg_reward: number;
  /** By k, from 1 to the number of trials or the smallest number of simulations of a task. */
  pass_hat_ks: Record<string, number>;
  /** US dollars; mean over simulations of known cost, NaN without one. */
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
 * Computes tau2-bench's metrics of a run. Simulations that an infrastructure error ended are in the averages and pass^k but not in the counts;
 * without other simulations everything is 0.
 * @throws Tau2Error `invalid` when no simulation has a reward.
 */
export function computeMetrics(simulations: readonly MeasuredRun[], info: Pick<RunInfo, "num_trials">): Metrics {
  const counted = simulations.filter(({ termination_reason }) => termination_reason !== "infrastructure_error");
  const infra = simulations.length - counted.length;
  const nothing = counted.length === 0;
  const scores = counted.map(({ reward_info }) => computePartialScores(reward_info));
  const sum = (of: (score: NonNullable<(typeof scores)[number]>) => number | undefined) =>
    scores.reduce((total, score) => total + ((score && of(score)) ?? 0), 0);
  const countRuns = (holds: (run: MeasuredRun) => boolean) => counted.filter(holds).length;
  const countEnded = (...reasons: SimulationRun["termination_reason"][]) => countRuns((run) => reasons.includes(run.termination_reason));
  const countClassified = (status: string | undefined) => countRuns((run) => getAuthStatus(run.auth_classification) === status);
  return {
    avg_reward: nothing ? 0 : computeAverageReward(simulations),
    pass_hat_ks: nothing ? {} : passHatKs(getAttempts(simulations), info.num_trials),
    avg_agent_cost: nothing ? 0 : (computeMean(simulations.map(({ agent_cost }) => agent_cost)) ?? Number.NaN),
    total_simulations: counted.length,
    total_tasks: new Set(counted.map(({ task_id }) => task_id)).size,
    infra_error_count: infra,
    total_read_actions: sum(({ read }) => read?.count),
    correct_read_actions: sum(({ read }) => read?.correct),
    total_write_actions: sum(({ write }) => write?.count),
    correct_write_actions: sum(({ write }) => write?.correct),
    db_match_count: countRuns(({ reward_info }) => reward_info?.db_check?.db_match === true),
    db_mismatch_count: countRuns(({ reward_info }) => reward_info?.db_check?.db_match === false),
    db_not_checked: countRuns(({ reward_info }) => !reward_info?.db_check),
    auth_succeeded: countClassified("succeeded"),
    auth_failed: countClassified("failed"),
    auth_not_needed: countClassified("not_needed"),
    auth_not_checked: countClassified(undefined),
    termination_user_stop: countEnded("user_stop"),
    termination_agent_stop: countEnded("agent_stop"),
    termination_max_steps: countEnded("max_steps"),
    termination_error: countEnded("too_many_errors", "agent_error", "user_error"),
    termination_infrastructure_error: nothing ? 0 : infra,
    sims_with_unresponsive_period: 0,
    sims_with_responsiveness_info: 0,
    ...computeReviewMetrics(counted.map(({ review = null }) => ({ review }))),
  };
}

function getAttempts(simulations: readonly MeasuredRun[]): Attempts[] {
  return computeTaskMetrics(simulations).map((task) => ({ n: task.simulations, c: task.successes }));
}

function computeAverageReward(simulations: readonly MeasuredRun[]): number {
  const average = computeMean(simulations.map(({ reward_info }) => reward_info?.reward));
  if (average === null) throw new Tau2Error("invalid", "all simulations lack a reward; grade them before computing metrics");
  return average;
}

/** Returns the mean of the known values; null without one. */
function computeMean(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value) => value !== null && value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

function getAuthStatus(classification: Json | undefined): string | undefined {
  const status = isRecord(classification) ? classification["status"] : undefined;
  return typeof status === "string" ? status : undefined;
}
