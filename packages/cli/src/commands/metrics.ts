import type { TaskMetrics } from "@tau2/orchestrator/internal";
import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import type { Column } from "../ui/table.ts";
import { runWord } from "./shared.ts";

/** `tau2 metrics RUN` */
export const metrics = defineCommand({
  brief: "show the metrics of a run, and the number of simulations behind them",
  usage: "RUN [options]",
  options: {
    by_task: { group: "Options", kind: "switch", default: false, brief: "how each task went, too" },
    ...jsonOption,
  },
  positional: [runWord],
  async work({ io, printer }, flags, given) {
    const { computeTaskMetrics } = await import("@tau2/orchestrator/metrics");
    const { shortenPath } = await import("../config/config-files.ts");
    const { readStoredRun } = await import("../results/find-run.ts");
    const { formatRunHeadline } = await import("../run/format-run.ts");
    const { computeRunMetrics } = await import("../run/run-metrics.ts");
    const { formatMetrics } = await import("../run/format-metrics.ts");
    const { formatTable } = await import("../ui/table.ts");

    const { results, file } = await readStoredRun(io, given, { forMetrics: true });
    const figures = computeRunMetrics(results);
    const tasks = computeTaskMetrics(results.simulations);
    if (flags.json) {
      printer.json({ results_file: file, ...figures, tasks });
      return;
    }
    const table = flags.byTask ? [...formatTable(createColumns(tasks), tasks, printer), ""] : [];
    printer.lines([`${shortenPath(file, io.cwd)}: ${formatRunHeadline(results.info)}`, "", ...table, ...formatMetrics(figures, printer)]);
  },
});

function createColumns(tasks: readonly TaskMetrics[]): Column<TaskMetrics>[] {
  const most = Math.min(4, ...tasks.map(({ simulations }) => simulations));
  return [
    { title: "task", value: ({ task_id }) => task_id, isName: true },
    { title: "successes", value: ({ successes, simulations }) => `${successes}/${simulations}`, align: "right" },
    ...Array.from({ length: most }, (_, i): Column<TaskMetrics> => ({
      title: `pass^${i + 1}`,
      value: ({ pass_hat_ks }) => (pass_hat_ks[i + 1] ?? 0).toFixed(3),
      align: "right",
      drop: i + 1,
    })),
  ];
}
