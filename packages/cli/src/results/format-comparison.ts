import type { Coverage, PairedMetric, RunComparison, TaskChange } from "@tau2/orchestrator/internal";
import type { StoredRun } from "@tau2/orchestrator/store";
import { shortenPath } from "../config/config-files.ts";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";
import { count, formatDollars, wrap } from "../ui/text.ts";
import { formatRunHeadline } from "../run/format-run.ts";

/** One of two runs, with the simulations that its metrics include. */
export interface ComparedRun extends Pick<StoredRun, "file" | "results"> {
  readonly coverage: Coverage;
}

/** Formats a comparison of two runs: the runs, their differences, their metrics, and the tasks that changed. */
export function formatComparison(
  runs: readonly [ComparedRun, ComparedRun],
  differences: readonly string[],
  comparison: RunComparison,
  { cwd, style }: { readonly cwd: string; readonly style: TableStyle },
): string[] {
  const { reward, pass_hat_ks, better, worse, smallest_visible: visible } = comparison;
  const rows = [["reward", reward] as const, ...Object.entries(pass_hat_ks).map(([k, figure]) => [`pass^${k}`, figure] as const)];
  return [
    ...runs.flatMap(({ file, results, coverage: { planned, graded, cost } }, i) => {
      const text = `${shortenPath(file, cwd)}: ${formatRunHeadline(results.info)}; ${graded} of ${planned} graded; agent ${formatDollars(cost.agent)}, user ${formatDollars(cost.user)}, judge ${formatDollars(cost.judge)}`;
      return indented(text, i === 0 ? "A" : "B", style);
    }),
    ...differences.flatMap((text) => indented(text, " ", style)),
    "",
    ...formatTable(figureColumns, rows, style),
    "",
    `over ${count(comparison.tasks, "task")} that both have${leftOut(comparison.only_before.length, comparison.only_after.length)}`,
    visible === null
      ? "all tasks differ alike, so the smallest detectable difference is unknown"
      : `the smallest difference in reward that could be seen with these: ${visible.toFixed(2)} (at 5 %, in 4 of 5 cases)`,
    ...changeLines("better in B", better, style),
    ...changeLines("worse in B", worse, style),
  ];
}

const figureColumns: Column<readonly [string, PairedMetric]>[] = [
  { title: "", value: ([name]) => name },
  { title: "A", value: ([, { before }]) => before.toFixed(3), align: "right" },
  { title: "B", value: ([, { after }]) => after.toFixed(3), align: "right" },
  { title: "B - A", value: ([, { difference }]) => signed(difference), align: "right" },
  { title: "95 %", value: ([, { interval }]) => (interval ? `${signed(interval.low)} to ${signed(interval.high)}` : "-"), align: "right" },
  { title: "p", value: ([, { p_value: p }]) => (p < 0.001 ? "<0.001" : p.toFixed(3)), align: "right" },
];

const changeColumns: Column<TaskChange>[] = [
  { title: "task", value: ({ task_id }) => task_id, isName: true },
  { title: "A", value: ({ before }) => `${before.successes}/${before.simulations}`, align: "right" },
  { title: "B", value: ({ after }) => `${after.successes}/${after.simulations}`, align: "right" },
  { title: "reward", value: ({ difference }) => signed(difference), align: "right" },
];

/** Text beside a mark, wrapped where the terminal ends. */
function indented(text: string, mark: string, { width = Number.POSITIVE_INFINITY }: TableStyle): string[] {
  return wrap(text, width - 3).map((line, i) => `${i === 0 ? mark : " "}  ${line}`);
}

function changeLines(title: string, changes: readonly TaskChange[], style: TableStyle): string[] {
  return changes.length === 0 ? [] : ["", `${title}: ${count(changes.length, "task")}`, ...formatTable(changeColumns, changes, style)];
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

function leftOut(onlyA: number, onlyB: number): string {
  const parts = [...(onlyA > 0 ? [`${onlyA} only in A`] : []), ...(onlyB > 0 ? [`${onlyB} only in B`] : [])];
  return parts.length > 0 ? `; left out: ${parts.join(", ")}` : "";
}
