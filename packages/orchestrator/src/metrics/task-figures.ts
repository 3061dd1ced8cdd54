import { compareCodePoints } from "@tau2/domains/internal";
import type { MeasuredRun } from "./measured-run.ts";
import { isSuccess, passHatK } from "./pass-hat-k.ts";

/** How a task went. */
export interface TaskMetrics {
  task_id: string;
  /** Simulations on record, those without a grade included. */
  simulations: number;
  /** Rewards of those that have one. */
  rewards: number[];
  /** How many of them are successes. */
  successes: number;
  /** By k, from 1 to the number of simulations. What has no grade is no success. */
  pass_hat_ks: Record<string, number>;
}

/** The figures of each task of which there is a simulation, in the order of their ids. */
export function computeTaskMetrics(simulations: readonly MeasuredRun[]): TaskMetrics[] {
  const byTask = new Map<string, MeasuredRun[]>();
  for (const simulation of simulations) byTask.set(simulation.task_id, [...(byTask.get(simulation.task_id) ?? []), simulation]);
  return [...byTask].toSorted(([a], [b]) => compareCodePoints(a, b)).map(([task_id, runs]) => figuresOf(task_id, runs));
}

function figuresOf(task_id: string, runs: readonly MeasuredRun[]): TaskMetrics {
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
