import type { Difference } from "./outcome.ts";
import { sum, type Cell, type Failure, type ReasonCount, type Tally } from "./tally.ts";

const withoutDomain = "(none)";
const maxDifferences = 6;
const maxText = 1200;

/** The whole report as lines; the last one is `N passed, N failed, N skipped`. */
export function report(tally: Tally): string[] {
  const lines = ["passed/failed/skipped", "", ...table(tally)];
  if (tally.skips.length > 0) lines.push("", "Skipped:", ...reasons(tally.skips));
  if (tally.partial.length > 0) lines.push("", "Passed, with parts left out:", ...reasons(tally.partial));
  if (tally.missing.length > 0) lines.push("", `No records of: ${tally.missing.join(", ")}`);
  for (const failure of tally.failures) lines.push("", ...failureLines(failure));
  lines.push("", totals(tally.total));
  return lines;
}

/** `N passed, N failed, N skipped`. */
export function totals({ passed, failed, skipped }: Cell): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function table(tally: Tally): string[] {
  const kinds = tally.kinds();
  const domains = [...new Set(kinds.flatMap((kind) => [...tally.row(kind).keys()]))].toSorted(
    (a, b) => Number(a === "") - Number(b === "") || (a < b ? -1 : 1),
  );
  const rows = kinds.map((kind) => [
    kind,
    ...domains.map((domain) => cellText(tally.row(kind).get(domain))),
    cellText(sum(tally.row(kind).values())),
  ]);
  const columns = domains.map((domain) =>
    cellText(sum(kinds.map((kind) => tally.row(kind).get(domain) ?? { passed: 0, failed: 0, skipped: 0 }))),
  );
  const heads = ["", ...domains.map((domain) => domain || withoutDomain), "all"];
  return aligned([heads, ...rows, ["all", ...columns, cellText(tally.total)]], heads.map((_, i) => i).slice(1));
}

function cellText(cell: Cell | undefined): string {
  return cell ? `${cell.passed}/${cell.failed}/${cell.skipped}` : "-";
}

function reasons(counts: readonly ReasonCount[]): string[] {
  return aligned(
    counts.map(({ kind, domain, reason, count }) => [kind, domain ?? withoutDomain, String(count), reason]),
    [2],
  );
}

/** Formats columns of equal width; numbers are aligned to the right. */
function aligned(rows: readonly (readonly string[])[], figures: readonly number[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] ?? "").length)));
  const padded = (text: string, i: number) => (figures.includes(i) ? text.padStart(widths[i] ?? 0) : text.padEnd(widths[i] ?? 0));
  return rows.map((row) => `  ${row.map(padded).join("  ")}`.trimEnd());
}

function failureLines({ kind, domain, id, differences }: Failure): string[] {
  const shown = differences.slice(0, maxDifferences).flatMap(differenceLines);
  const more = differences.length - maxDifferences;
  return [`FAILED ${kind} ${domain ?? withoutDomain}: ${id}`, ...shown, ...(more > 0 ? [`  … and ${more} more`] : [])];
}

function differenceLines({ path, expected, actual }: Difference): string[] {
  return [`  ${path}`, `    expected ${valueText(expected)}`, `    got      ${valueText(actual)}`];
}

function valueText(value: unknown): string {
  const text = value instanceof Error ? (value.stack ?? String(value)) : value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > maxText ? `${text.slice(0, maxText)}… (${text.length} characters)` : text;
}
