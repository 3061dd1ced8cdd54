import type { Figure } from "./figure.ts";

/** Formats the measurements for people. */
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

/** The units that are a thousand times as large. */
const larger: Readonly<Record<string, string>> = { µs: "ms", ms: "s", bytes: "kB", kB: "MB", MB: "GB" };

/** An amount with its unit, in the unit in which people would say it. */
export function amount(value: number, unit: Figure["unit"]): string {
  if (unit === "ratio") return `${Math.round(100 * value)} %`;
  let [said, as]: [number, string] = [value, unit];
  for (let next = larger[as]; next !== undefined && said >= 1000; next = larger[as]) [said, as] = [said / 1000, next];
  const digits = said < 100 && !Number.isInteger(said) ? 1 : 0;
  return `${said.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits })} ${as}`;
}

/** A ratio in words: `1,200 ×`. */
export function times(ratio: number): string {
  return `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en")} ×`;
}
