import { readFileSync, writeFileSync } from "node:fs";
import type { Figure } from "./figure.ts";
import { summary } from "./summary.ts";
import { amount, times } from "./table.ts";

const command = "made by `pnpm bench --peer --page docs/performance.md`";

/** Writes the measurements into a Markdown page, between its marks: the main answers, and all of them. */
export function writePage(path: string, head: readonly string[], figures: readonly Figure[]): void {
  const page = readFileSync(path, "utf8");
  const answered = replaced(page, "summary", summary(figures), path);
  const all = [...head.map((line) => `- ${line}`), "", ...tables(figures)];
  writeFileSync(path, replaced(answered, "figures", all, path));
}

/** @throws Error if the page lacks the marks */
function replaced(page: string, name: string, lines: readonly string[], path: string): string {
  const [begin, end] = [`<!-- ${name}: ${command} -->`, `<!-- end of ${name} -->`];
  const [before, after] = [page.indexOf(begin), page.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${path} lacks the marks of ${name}: a line ${begin} and a line ${end}`);
  return `${page.slice(0, before)}${[begin, "", ...lines, "", ""].join("\n")}${page.slice(after)}`;
}

function tables(figures: readonly Figure[]): string[] {
  return [
    "### Starter data",
    "",
    ...byDomain(figures.filter(({ name, data }) => data === "starter" && !isTogether(name))),
    "",
    "### Official data",
    "",
    ...byDomain(figures.filter(({ data }) => data === "official")),
    "",
    "### A thousand episodes with a slow model",
    "",
    ...byDomain(figures.filter(({ name }) => isTogether(name))),
    "",
    "### Starts and sizes",
    "",
    ...byDomain(figures.filter(({ data }) => data === null)),
  ];
}

function isTogether(name: string): boolean {
  return name.startsWith("vector_");
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
