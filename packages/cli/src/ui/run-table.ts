import type { SimulationRun } from "@tau2/orchestrator";
import { componentMarks, markLegend } from "./component-marks.ts";
import { durationText, rewardText } from "./format.ts";
import { tableLines, type Column, type TableStyle } from "./table.ts";

const components = "components";

/** A table of the simulations of a run, in the order of the tasks, and what its marks mean. */
export function runTable(simulations: readonly SimulationRun[], tasks: readonly { id: string }[], style: TableStyle): string[] {
  const place = new Map(tasks.map(({ id }, i) => [id, i]));
  const rows = simulations.toSorted((a, b) => (place.get(a.task_id) ?? 0) - (place.get(b.task_id) ?? 0) || (a.trial ?? 0) - (b.trial ?? 0));
  const columns: Column<SimulationRun>[] = [
    { title: "task", value: ({ task_id }) => task_id },
    { title: "trial", value: ({ trial }) => String((trial ?? 0) + 1), align: "right" },
    {
      title: "reward",
      value: ({ reward_info }) => rewardText(reward_info?.reward),
      align: "right",
      style: (text, row) => colored(text, row, style),
    },
    { title: "messages", value: ({ messages }) => String((messages ?? []).length), align: "right", drop: 2 },
    { title: "end", value: ({ termination_reason }) => termination_reason, drop: 1 },
    { title: "time", value: ({ duration }) => durationText(duration), align: "right", drop: 4 },
    { title: components, value: componentMarks, drop: 3 },
  ];
  const lines = tableLines(columns, rows, style);
  // On a narrow terminal the marks are left out.
  const legend = lines[0]!.includes(components) ? markLegend(simulations) : [];
  return [...lines, ...legend.map((line) => style.paint("dim", line))];
}

function colored(text: string, { reward_info }: SimulationRun, { paint }: TableStyle): string {
  if (!reward_info) return text;
  return paint(reward_info.reward === 1 ? "green" : reward_info.reward === 0 ? "red" : "yellow", text);
}
