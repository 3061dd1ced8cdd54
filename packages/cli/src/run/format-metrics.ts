import type { Metrics } from "@tau2/orchestrator/metrics";
import type { Coverage, Interval, FindingStatus } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { isFailed } from "../results/is-failed.ts";
import { getComponents, isComplete, type RunMetrics } from "./run-metrics.ts";
import { formatDollars, formatShare, count, pad, wrap, formatDuration, formatReward } from "../ui/text.ts";
import { type TableStyle, formatTable, type Column } from "../ui/table.ts";

/** Formats the metrics of a run for people: their basis first, then the values, then their meaning. */
export function formatMetrics(figures: RunMetrics, { paint, width: columns = Number.POSITIVE_INFINITY }: TableStyle): string[] {
  const { metrics, coverage } = figures;
  const { planned, graded, cost } = coverage;
  const excluded = planned - graded;
  const rows: [string, string][] = [
    ["simulations", `${planned} planned, ${graded} graded, ${excluded} excluded${excluded > 0 ? ` (${reasons(coverage)})` : ""}`],
    ...(metrics ? rewardRows(figures, metrics) : []),
    ["cost", `agent ${formatDollars(cost.agent)}, user ${formatDollars(cost.user)}, judge ${formatDollars(cost.judge)}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows
    .filter(([, text]) => text !== "-")
    .flatMap(([name, text]) =>
      wrap(text, Math.max(20, columns - width - 2)).map((line, i) => `${paint("bold", pad(i === 0 ? name : "", width))}  ${line}`),
    );
  const notes = metrics ? formatNotes(figures).flatMap((note) => wrap(note, columns)) : [];
  return [...lines, ...notes.map((line) => paint("dim", line))];
}

function rewardRows(figures: RunMetrics, metrics: Metrics): [string, string][] {
  const { coverage, intervals, databasesCount } = figures;
  // Metrics of a part must not be taken for those of the whole.
  const part = isComplete(figures) ? "" : `   INCOMPLETE: of ${coverage.graded} of ${count(coverage.planned, "simulation")}`;
  return [
    ["average reward", `${metrics.avg_reward.toFixed(4)}${formatInterval(intervals.avg_reward)}${part}`],
    ...Object.entries(metrics.pass_hat_ks).map(([k, value]): [string, string] => [
      `pass^${k}`,
      `${value.toFixed(3)}${formatInterval(intervals.pass_hat_ks[k] ?? null)}${part}`,
    ]),
    ["read actions", formatShare(metrics.correct_read_actions, metrics.total_read_actions)],
    ["write actions", formatShare(metrics.correct_write_actions, metrics.total_write_actions)],
    ["databases", databasesCount ? formatShare(metrics.db_match_count, metrics.db_match_count + metrics.db_mismatch_count) : "-"],
    ["ended by", endings(metrics)],
  ];
}

function formatInterval(interval: Interval | null): string {
  return interval ? `  [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : "";
}

/** Formats the notes on the metrics, and the simulations that none of them includes. */
function formatNotes({ coverage: { ungraded, missing }, intervals }: RunMetrics): string[] {
  const failures = ungraded.infrastructure_error + ungraded.other;
  return [
    "pass^k: the chance that k attempts at a task all succeed, mean over tasks of C(c,k) / C(n,k) for c successes in n simulations",
    ...(failures > 0 ? ["simulations without a grade are in the n of pass^k, as in tau2-bench, and not in the average reward"] : []),
    ...(missing > 0 ? ["the metrics do not include simulations that were not played"] : []),
    ...(intervals.avg_reward
      ? ["[low, high]: 95 % interval, for tasks drawn from many of the kind; trials of a task count as alike as they are"]
      : []),
  ];
}

function reasons({ ungraded, faults, missing }: Coverage): string {
  const classes = Object.entries(faults).map(([name, n]) => `${name} ${n}`);
  return [
    ...(ungraded.infrastructure_error > 0 ? [count(ungraded.infrastructure_error, "fault")] : []),
    ...(ungraded.other > 0 ? [`${ungraded.other} without a grade`] : []),
    ...(missing > 0 ? [`${missing} not played`] : []),
  ]
    .join(", ")
    .concat(classes.length > 0 ? `: ${classes.join(", ")}` : "");
}

function endings(metrics: Metrics): string {
  const counts: [string, number][] = [
    ["the user", metrics.termination_user_stop],
    ["the agent", metrics.termination_agent_stop],
    ["too many steps", metrics.termination_max_steps],
    ["an error", metrics.termination_error],
  ];
  const known = counts.reduce((sum, [, n]) => sum + n, 0);
  const other = metrics.total_simulations - known;
  return [...counts, ["the time limit", other] as const]
    .filter(([, n]) => n > 0)
    .map(([who, n]) => `${who} ${n}`)
    .join(", ");
}

const marks: Readonly<Record<FindingStatus, string>> = { met: "✓", unmet: "✗", vacuous: "∅", not_graded: "?", failed: "!" };

const meanings: Partial<Record<FindingStatus, string>> = {
  vacuous: "∅ the task gives nothing to check, which counts as met",
  not_graded: "? not judged",
  failed: "! it could not be checked",
};

/** The components on one line: `DB ✓, COMMUNICATE ∅`. */
export function formatComponents(simulation: Pick<SimulationRun, "info">): string {
  return Object.entries(getComponents(simulation))
    .map(([name, status]) => `${name} ${marks[status]}`)
    .join(", ");
}

/** Returns the meanings of the marks in use that are not obvious. */
function formatLegend(simulations: readonly Pick<SimulationRun, "info">[]): string[] {
  const seen = new Set(simulations.flatMap((simulation) => Object.values(getComponents(simulation))));
  return Object.entries(meanings)
    .filter(([status]) => seen.has(status as FindingStatus))
    .map(([, meaning]) => meaning);
}

const components = "components";

/** A table of the simulations of a run, failures first, both in the order of the tasks, and what its marks mean. */
export function formatRunTable(simulations: readonly SimulationRun[], tasks: readonly { id: string }[], style: TableStyle): string[] {
  const place = new Map(tasks.map(({ id }, i) => [id, i]));
  const rows = simulations.toSorted(
    (a, b) =>
      Number(isFailed(b)) - Number(isFailed(a)) ||
      (place.get(a.task_id) ?? 0) - (place.get(b.task_id) ?? 0) ||
      (a.trial ?? 0) - (b.trial ?? 0),
  );
  const columns: Column<SimulationRun>[] = [
    { title: "task", value: ({ task_id }) => task_id, isName: true },
    { title: "trial", value: ({ trial }) => String((trial ?? 0) + 1), align: "right" },
    {
      title: "reward",
      value: ({ reward_info }) => formatReward(reward_info?.reward),
      align: "right",
      style: (text, row) => colored(text, row, style),
    },
    { title: "messages", value: ({ messages }) => String((messages ?? []).length), align: "right", drop: 2 },
    { title: "end", value: ({ termination_reason }) => termination_reason, drop: 1 },
    { title: "time", value: ({ duration }) => formatDuration(duration), align: "right", drop: 4 },
    { title: components, value: formatComponents, drop: 3 },
  ];
  const lines = formatTable(columns, rows, style);
  // On a narrow terminal the marks are left out.
  const legend = lines[0]!.includes(components) ? formatLegend(simulations) : [];
  return [...lines, ...legend.map((line) => style.paint("dim", line))];
}

function colored(text: string, { reward_info }: SimulationRun, { paint }: TableStyle): string {
  if (!reward_info) return text;
  return paint(reward_info.reward === 1 ? "green" : reward_info.reward === 0 ? "red" : "yellow", text);
}
