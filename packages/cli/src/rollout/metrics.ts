import { isSuccess, passHatKs, type Attempts } from "@tau2/orchestrator/internal";
import type { Rollout } from "@tau2/gym/training";
import {
  getMetricsPrefix,
  groupByTask,
  computeRolloutMetrics,
  type ReturnOptions,
  type StoredRollout,
  type RolloutMetrics,
} from "@tau2/gym/internal";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";
import { formatDuration } from "../ui/text.ts";

/** Metrics of one list of tasks in one try. */
export interface TaskListMetrics {
  /** `train`; `eval, batch 4` where the list was played before several batches. */
  readonly list: string;
  readonly purpose: StoredRollout["purpose"];
  readonly split: Rollout["split"];
  readonly try_step: number;
  readonly tasks: number;
  readonly episodes: number;
  /** Episodes without a reward: another role than the policy failed. The metrics below exclude them. */
  readonly errors: number;
  /** Null if all episodes lack a reward, like the metrics below. */
  readonly mean_reward: number | null;
  /** By k: the chance that k attempts at a task all earn a reward of 1, the mean over tasks. That for 1 is pass@1. */
  readonly pass_hat_k: Readonly<Record<string, number>>;
  readonly mean_turns: number | null;
  /** Episodes that ended because the policy's turns were used up, or it said nothing. */
  readonly truncated: number;
  /** Seconds; the mean of an episode. */
  readonly mean_seconds: number | null;
}

/** Computes the metrics of all rollouts, list by list and try by try. */
export function computeTaskListMetrics(stored: Iterable<StoredRollout>): TaskListMetrics[] {
  const all = [...stored];
  const batches = new Set(all.filter(({ purpose }) => purpose === "evaluation").map(({ rollout }) => rollout.batch_id));
  const lists = new Map<string, StoredRollout[]>();
  for (const each of all) {
    const { purpose, rollout } = each;
    const at = purpose === "evaluation" && batches.size > 1 ? `, batch ${rollout.batch_id}` : "";
    const key = [purpose, `${rollout.split}${at}`, rollout.try_step].join("\n");
    lists.set(key, [...(lists.get(key) ?? []), each]);
  }
  return [...lists].map(([key, entries]) => computeRunMetrics(key.split("\n")[1]!, entries));
}

function computeRunMetrics(list: string, entries: readonly StoredRollout[]): TaskListMetrics {
  const [{ purpose, rollout: first }] = entries as [StoredRollout];
  const rollouts = entries.map(({ rollout }) => rollout);
  const graded = rollouts.filter(({ final_reward }) => final_reward !== null);
  return {
    list,
    purpose,
    split: first.split,
    try_step: first.try_step,
    tasks: new Set(rollouts.map(({ task_id }) => task_id)).size,
    episodes: rollouts.length,
    errors: rollouts.length - graded.length,
    mean_reward: mean(graded.map(({ final_reward }) => final_reward!)),
    pass_hat_k: passHatKs(getAttempts(graded)),
    mean_turns: mean(graded.map(({ episode_steps }) => episode_steps.length)),
    truncated: graded.filter(({ episode_steps }) => episode_steps.at(-1)?.truncated).length,
    mean_seconds: mean(graded.map(({ seconds }) => seconds)),
  };
}

function getAttempts(rollouts: readonly Rollout[]): Attempts[] {
  const tasks = new Map<string, Attempts>();
  for (const { task_id, final_reward } of rollouts) {
    const { n, c } = tasks.get(task_id) ?? { n: 0, c: 0 };
    tasks.set(task_id, { n: n + 1, c: c + (isSuccess(final_reward) ? 1 : 0) });
  }
  return [...tasks.values()];
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Computes the metrics of rollouts of one list by act-prm's names, try by try, and the number of errors. */
export function computeStageMetrics(rollouts: readonly Rollout[], split: Rollout["split"], returns: ReturnOptions): RolloutMetrics {
  const groups = groupByTask(rollouts, returns);
  const tries = [...new Set(groups.map(({ try_step }) => try_step))];
  const figures = tries.map((tryStep) => {
    const trajectories = groups.filter(({ try_step }) => try_step === tryStep).flatMap(({ group }) => group.trajectories);
    const prefix = getMetricsPrefix(split, tryStep);
    const errors = rollouts.filter(({ try_step, final_reward }) => try_step === tryStep && final_reward === null).length;
    return { ...computeRolloutMetrics(trajectories, prefix), [`${prefix}errors`]: errors };
  });
  return Object.assign({}, ...figures) as RolloutMetrics;
}

/** Formats the metrics of a run as a table, a list of tasks a row. */
export function formatMetricsTable(figures: readonly TaskListMetrics[], style: TableStyle): string[] {
  const tries = new Set(figures.map(({ try_step }) => try_step));
  const most = Math.max(1, ...figures.map(({ pass_hat_k }) => Object.keys(pass_hat_k).length));
  const columns: Column<TaskListMetrics>[] = [
    { title: "tasks of", value: ({ list }) => list, style: (text) => style.paint("bold", text) },
    ...(tries.size > 1 ? [{ title: "try", value: ({ try_step }: TaskListMetrics) => String(try_step), align: "right" as const }] : []),
    { title: "tasks", value: ({ tasks }) => String(tasks), align: "right", drop: 4 },
    { title: "episodes", value: ({ episodes }) => String(episodes), align: "right" },
    { title: "mean reward", value: ({ mean_reward }) => fixed(mean_reward, 4), align: "right" },
    { title: "pass@1", value: ({ pass_hat_k }) => fixed(pass_hat_k[1] ?? null, 3), align: "right" },
    ...shownPowers(most).map((k): Column<TaskListMetrics> => ({
      title: `pass^${k}`,
      value: ({ pass_hat_k }) => fixed(pass_hat_k[k] ?? null, 3),
      align: "right",
      drop: 2,
    })),
    { title: "turns", value: ({ mean_turns }) => fixed(mean_turns, 1), align: "right" },
    { title: "truncated", value: ({ truncated }) => String(truncated), align: "right", drop: 3 },
    {
      title: "errors",
      value: ({ errors }) => String(errors),
      align: "right",
      style: (text, { errors }) => (errors > 0 ? style.paint("red", text) : text),
    },
    {
      title: "time each",
      value: ({ mean_seconds }) => (mean_seconds === null ? "-" : formatDuration(mean_seconds)),
      align: "right",
      drop: 5,
    },
  ];
  return formatTable(columns, figures, style);
}

/** All up to 4, then every power of two, and the last. */
function shownPowers(most: number): number[] {
  return Array.from({ length: most - 1 }, (_, i) => i + 2).filter((k) => k <= 4 || k === most || Number.isInteger(Math.log2(k)));
}

function fixed(value: number | null, digits: number): string {
  return value === null ? "-" : value.toFixed(digits);
}
