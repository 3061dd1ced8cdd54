import { computeTaskMetrics, type TaskMetrics } from "@tau2/orchestrator/metrics";
import { shortenPath } from "../config/presets.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { CliIo } from "../io.ts";
import { computeRunMetrics } from "../run/report.ts";
import { readStoredRun } from "../results/find-run.ts";
import { formatRunHeadline } from "../results/run-differences.ts";
import { formatMetrics } from "../ui/metrics-lines.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { createOutput } from "./output.ts";
import type { metricsOptions } from "./results-options.ts";

/** `tau2 metrics RUN` */
export async function metrics(
  io: CliIo,
  flags: FlagsOf<typeof metricsOptions> & { readonly json?: boolean },
  given: string,
): Promise<void> {
  const { results, file } = await readStoredRun(io, given);
  const figures = computeRunMetrics(results);
  const tasks = computeTaskMetrics(results.simulations);
  const result = createOutput(io);
  if (flags.json) {
    result.json({ results_file: file, ...figures, tasks });
    return;
  }
  const table = flags.byTask ? [...formatTable(createColumns(tasks), tasks, result), ""] : [];
  result.lines([`${shortenPath(file, io.cwd)}: ${formatRunHeadline(results.info)}`, "", ...table, ...formatMetrics(figures, result)]);
}

function createColumns(tasks: readonly TaskMetrics[]): Column<TaskMetrics>[] {
  const most = Math.min(4, ...tasks.map(({ simulations }) => simulations));
  return [
    { title: "task", value: ({ task_id }) => task_id },
    { title: "successes", value: ({ successes, simulations }) => `${successes}/${simulations}`, align: "right" },
    ...Array.from({ length: most }, (_, i): Column<TaskMetrics> => ({
      title: `pass^${i + 1}`,
      value: ({ pass_hat_ks }) => (pass_hat_ks[i + 1] ?? 0).toFixed(3),
      align: "right",
      drop: i + 1,
    })),
  ];
}
