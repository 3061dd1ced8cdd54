// Fails on constructions that docs/contributing/prose.md bans, and on public functions whose doc comment does not begin with a verb,
// or that take options and lack an `@example`.
// `--path PREFIX` (repeatable) looks only below a folder, `--summary` counts by folder and by construction.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findProse } from "./lib/prose.mjs";
import { checkPublicFunctions } from "./lib/public-functions.mjs";

const { values } = parseArgs({
  options: {
    path: { type: "string", multiple: true, default: [""] },
    summary: { type: "boolean", default: false },
  },
});
const root = new URL("..", import.meta.url);
const below = (/** @type {string} */ file) => values.path.some((prefix) => file.startsWith(prefix.replace(/^\.\//, "")));
const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => /\.(ts|tsx|mjs|py|md)$/.test(file) && below(file) && existsSync(new URL(file, root)));

if (files.length === 0) {
  console.error(`check:prose: no tracked file below ${values.path.join(", ")}; paths are relative to the repository`);
  process.exit(2);
}

const { withoutVerb, withoutExample } = checkPublicFunctions(fileURLToPath(root));
const hits = [
  ...files.flatMap((file) => findProse(file, readFileSync(new URL(file, root), "utf8")).map((hit) => ({ file, ...hit }))),
  ...[...withoutVerb, ...withoutExample].filter(({ file }) => below(file)),
];

/** @type {Map<string, number>} */
const folders = new Map();
/** @type {Map<string, number>} */
const rules = new Map();
for (const { file, line, text, found, rule, instead } of hits) {
  const folder = file.split("/").slice(0, -1).slice(0, 4).join("/") || ".";
  folders.set(folder, (folders.get(folder) ?? 0) + 1);
  rules.set(rule, (rules.get(rule) ?? 0) + 1);
  if (!values.summary) console.log(`${file}:${line}: ${found} -> ${instead}  [${text}]`);
}
if (values.summary) {
  for (const counts of [folders, rules]) {
    for (const [name, count] of [...counts].toSorted((a, b) => b[1] - a[1])) console.log(`${String(count).padStart(5)}  ${name}`);
    console.log();
  }
}
console.log(
  hits.length === 0 ? `check:prose: ${files.length} files, nothing found` : `check:prose: ${hits.length} in ${files.length} files`,
);
process.exitCode = hits.length === 0 ? 0 : 1;
