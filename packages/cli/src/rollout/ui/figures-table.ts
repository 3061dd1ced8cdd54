import { tableLines, type Column, type TableStyle } from "../../ui/table.ts";
import { durationText } from "../../ui/format.ts";
import type { ListFigures } from "../figures.ts";

/** The figures of a run as a table, a list of tasks a row. */
export function figuresTable(figures: readonly ListFigures[], style: TableStyle): string[] {
  const tries = new Set(figures.map(({ try_step }) => try_step));
  const most = Math.max(1, ...figures.map(({ pass_hat_k }) => Object.keys(pass_hat_k).length));
  const columns: Column<ListFigures>[] = [
    { title: "tasks of", value: ({ list }) => list, style: (text) => style.paint("bold", text) },
    ...(tries.size > 1 ? [{ title: "try", value: ({ try_step }: ListFigures) => String(try_step), align: "right" as const }] : []),
    { title: "tasks", value: ({ tasks }) => String(tasks), align: "right", drop: 4 },
    { title: "episodes", value: ({ episodes }) => String(episodes), align: "right" },
    { title: "mean reward", value: ({ mean_reward }) => fixed(mean_reward, 4), align: "right" },
    { title: "pass@1", value: ({ pass_hat_k }) => fixed(pass_hat_k[1] ?? null, 3), align: "right" },
    ...shownPowers(most).map((k): Column<ListFigures> => ({
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
      value: ({ mean_seconds }) => (mean_seconds === null ? "-" : durationText(mean_seconds)),
      align: "right",
      drop: 5,
    },
  ];
  return tableLines(columns, figures, style);
}

/** All up to 4, then every power of two, and the last. */
function shownPowers(most: number): number[] {
  return Array.from({ length: most - 1 }, (_, i) => i + 2).filter((k) => k <= 4 || k === most || Number.isInteger(Math.log2(k)));
}

function fixed(value: number | null, digits: number): string {
  return value === null ? "-" : value.toFixed(digits);
}
