import { compareRuns, computeCoverage, type PairedMetric, type TaskChange } from "@tau2/orchestrator/metrics";
import { UsageError } from "../errors.ts";
import type { FlagsOf } from "../config/flags.ts";
import { shortenPath } from "../config/presets.ts";
import type { CliIo } from "../io.ts";
import { readStoredRun } from "../results/find-run.ts";
import { findRunDifferences, formatRunHeadline } from "../results/run-differences.ts";
import { formatDollars, count, wrap } from "../ui/text.ts";
import { formatTable, type Column, type TableStyle } from "../ui/table.ts";
import { createOutput } from "./output.ts";
import type { compareOptions } from "./results-options.ts";

/** `tau2 compare A B`: the same tasks in two runs, side by side. */
export async function compare(
  io: CliIo,
  flags: FlagsOf<typeof compareOptions> & { readonly json?: boolean },
  first: string,
  second: string,
): Promise<void> {
  const [before, after] = [await readStoredRun(io, first), await readStoredRun(io, second)];
  const { data, others } = findRunDifferences(before, after);
  if (data.length > 0 && !flags.force) {
    throw new UsageError(
      `the runs are not of the same data, so their tasks are not the same work:\n${data.map((text) => `  ${text}`).join("\n")}\nTo compare them nevertheless add --force`,
    );
  }
  const comparison = compareRuns(before.results.simulations, after.results.simulations);
  if (comparison.tasks === 0) throw new UsageError("the runs do not share a task of which both have a graded simulation");
  const coverage = [before, after].map(({ results }) => computeCoverage(results.simulations, results.info, results.tasks));
  const result = createOutput(io);
  if (flags.json) {
    result.json({
      before: before.file,
      after: after.file,
      differences: [...data, ...others],
      coverage: { before: coverage[0], after: coverage[1] },
      ...comparison,
    });
    return;
  }
  const { reward, pass_hat_ks, better, worse, smallest_visible: visible } = comparison;
  const rows = [["reward", reward] as const, ...Object.entries(pass_hat_ks).map(([k, figure]) => [`pass^${k}`, figure] as const)];
  result.lines([
    ...[before, after].flatMap(({ file, results }, i) => {
      const { planned, graded, cost } = coverage[i]!;
      const text = `${shortenPath(file, io.cwd)}: ${formatRunHeadline(results.info)}; ${graded} of ${planned} graded; agent ${formatDollars(cost.agent)}, user ${formatDollars(cost.user)}, judge ${formatDollars(cost.judge)}`;
      return indented(text, i === 0 ? "A" : "B", result);
    }),
    ...[...data, ...others].flatMap((text) => indented(text, " ", result)),
    "",
    ...formatTable(figureColumns, rows, result),
    "",
    `over ${count(comparison.tasks, "task")} that both have${leftOut(comparison.only_before.length, comparison.only_after.length)}`,
    visible === null
      ? "all tasks differ alike, so the smallest detectable difference is unknown"
      : `the smallest difference in reward that could be seen with these: ${visible.toFixed(2)} (at 5 %, in 4 of 5 cases)`,
    ...changeLines("better in B", better, result),
    ...changeLines("worse in B", worse, result),
  ]);
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
  { title: "task", value: ({ task_id }) => task_id },
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
