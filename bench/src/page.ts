import { readFileSync, writeFileSync } from "node:fs";
import type { Figure } from "./figure.ts";
import { amount, times } from "./table.ts";

const [begin, end] = ["<!-- figures: made by `pnpm bench --peer --page docs/performance.md` -->", "<!-- end of figures -->"];

/** Puts the figures into a Markdown page, between its two marks. */
export function writePage(path: string, head: readonly string[], figures: readonly Figure[]): void {
  const page = readFileSync(path, "utf8");
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${path} has no place for figures: a line ${begin} and a line ${end}`);
  const made = [begin, ...head.map((line) => `- ${line}`), "", ...tables(figures), ""];
  writeFileSync(path, `${page.slice(0, before)}${made.join("\n")}${page.slice(after)}`);
}

function tables(figures: readonly Figure[]): string[] {
  return [
    "### Starter data",
    "",
    ...byDomain(figures.filter(({ data }) => data === "starter")),
    "",
    "### Official data",
    "",
    ...byDomain(figures.filter(({ data }) => data === "official")),
    "",
    "### Starts and sizes",
    "",
    ...byDomain(figures.filter(({ data }) => data === null)),
  ];
}

/** A row a name, a column a domain. */
function byDomain(figures: readonly Figure[]): string[] {
  const names = [...new Set(figures.map(({ name }) => name))];
  const domains = [...new Set(figures.map(({ domain }) => domain))];
  const cell = (one: Figure | undefined) =>
    one ? `${amount(one.value, one.unit)}${one.ratio === null ? "" : ` (${times(one.ratio)})`}` : "";
  const rows = names.map((name) => [
    `\`${name}\``,
    ...domains.map((domain) => cell(figures.find((one) => one.name === name && one.domain === domain))),
  ]);
  const lines = [["", ...domains.map((domain) => domain ?? "")], ["---", ...domains.map(() => "---:")], ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`);
}
