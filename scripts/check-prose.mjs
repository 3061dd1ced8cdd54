// Fails on constructions that docs/contributing/prose.md bans. `--path PREFIX` looks only below a folder, `--summary` counts by folder.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { findProse } from "./lib/prose.mjs";

const { values } = parseArgs({ options: { path: { type: "string", default: "" }, summary: { type: "boolean", default: false } } });
const root = new URL("..", import.meta.url);
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((file) => /\.(ts|tsx|mjs|py|md)$/.test(file) && file.startsWith(values.path) && existsSync(new URL(file, root)));

/** @type {Map<string, number>} */
const counts = new Map();
let total = 0;
for (const file of files) {
  for (const { line, text, found, instead } of findProse(file, readFileSync(new URL(file, root), "utf8"))) {
    total++;
    const folder = file
      .split("/")
      .slice(0, 4)
      .join("/")
      .replace(/\/[^/]*\.\w+$/, "");
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
    if (!values.summary) console.log(`${file}:${line}: "${found}" in "${text}": ${instead}`);
  }
}
if (values.summary) for (const [folder, count] of counts) console.log(`${String(count).padStart(5)}  ${folder}`);
console.log(total === 0 ? `check:prose: ${files.length} files, nothing found` : `check:prose: ${total} in ${files.length} files`);
process.exitCode = total === 0 ? 0 : 1;
