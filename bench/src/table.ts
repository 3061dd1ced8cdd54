import type { Figure } from "./figure.ts";

/** The figures as lines for people. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((one) => [
    one.name,
    one.domain ?? "",
    one.data ?? "",
    amount(one.value, one.unit),
    one.peer === null ? "" : amount(one.peer, one.unit),
    one.ratio === null ? "" : times(one.ratio),
  ]);
  const all = [["name", "domain", "data", "value", "peer", "ratio"], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => row.map((cell, i) => (i < 3 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  ")).join("\n");
}

/** An amount with its unit. */
export function amount(value: number, unit: Figure["unit"] | "MB", digits = value < 100 ? 1 : 0): string {
  if (unit === "ratio") return `${Math.round(100 * value)} %`;
  return `${value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${unit}`;
}

/** A ratio in words: `1,200 ×`. */
export function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en")} ×`;
}
