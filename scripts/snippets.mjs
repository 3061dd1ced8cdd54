// Runs every fenced block marked `run` in the READMEs and the docs, and every `@example` of the packages: what they show is a program that ran.
// `--examples` looks only at the examples.
// `ts` and `js` blocks run as modules under examples/readme, `sh` blocks in an empty folder with `tau2` on the PATH.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { getCodeBlocks } from "./lib/code-blocks.mjs";
import { countsText } from "./lib/counts.mjs";
import { checkDocExamples } from "./lib/doc-examples.mjs";
import { say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { withoutMachineSettings } from "./lib/toolchain.mjs";

const home = join(root, "examples", "readme");
// Ignored by git, and so by the checks that may run at the same time.
const modules = join(home, ".snippets");
mkdirSync(modules, { recursive: true });
const work = mkdtempSync(join(tmpdir(), "tau2-snippets-"));
const pages = spawnSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" }).stdout.trim().split("\n");
const files = process.argv.includes("--examples") ? [] : pages;

const bin = join(work, "bin");
mkdirSync(bin);
writeFileSync(join(bin, "tau2"), `#!/bin/sh\nexec "${process.execPath}" "${join(root, "packages/cli/dist/main.js")}" "$@"\n`);
chmodSync(join(bin, "tau2"), 0o755);
const env = { ...withoutMachineSettings(process.env), PATH: bin + delimiter + (process.env["PATH"] ?? "") };

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const file of files) {
  for (const { language, code, line, runs } of getCodeBlocks(readFileSync(join(root, file), "utf8"))) {
    if (!runs) continue;
    const { status, output } = run(language, code);
    counts[status === 0 ? "passed" : "failed"]++;
    if (status !== 0) say(`${file}:${line} (${language}) failed:\n${output}`);
  }
}
rmSync(work, { recursive: true });

const examples = checkDocExamples(env);
counts.passed += examples.passed;
counts.failed += examples.failures.length;
for (const failure of examples.failures) say(failure);
say(countsText(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;

/**
 * @param {string} language
 * @param {string} code
 */
function run(language, code) {
  if (language === "sh") {
    // Nothing is published while this runs: the package's command replaces the fetched one.
    const script = code.replaceAll("npx @tau2/cli", "tau2");
    return result(spawnSync("bash", ["-euo", "pipefail", "-c", script], { cwd: mkdtempSync(join(work, "sh-")), env, encoding: "utf8" }));
  }
  const program = join(modules, `snippet-${process.pid}.${language === "ts" ? "mts" : "mjs"}`);
  writeFileSync(program, code);
  const tsx = createRequire(join(home, "package.json")).resolve("tsx/cli");
  const done = spawnSync(process.execPath, [tsx, program], { cwd: home, env, encoding: "utf8" });
  rmSync(program);
  return result(done);
}

/** @param {{ status: number | null, stdout: string, stderr: string }} done */
function result({ status, stdout, stderr }) {
  return { status, output: stdout + stderr };
}
