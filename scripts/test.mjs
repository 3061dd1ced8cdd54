// Everything that must hold, from a fresh clone: installs, builds, then runs every check and test.
// The last line on standard output is `N passed, N failed, N skipped`: test cases, conformance cases, and one case a check.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./lib/command.mjs";
import { countsOfLastLine, countsOfVitest, countsText, sumOf } from "./lib/counts.mjs";
import { duration, failed, passed, say, skipped, started } from "./lib/report.mjs";
import { sharedFolder } from "./lib/repository.mjs";
import { buildAll, setUp } from "./lib/setup.mjs";
import { withoutMachineSettings } from "./lib/toolchain.mjs";

/** @typedef {import("./lib/counts.mjs").Counts} Counts */

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} script of package.json
 * @property {string[]} [args]
 * @property {(stdout: string) => Counts | null} [counts] how many cases it ran; one unless given
 * @property {string | null} [skip] why it cannot run here
 */

/** Steps at a time: most of them use more than one core themselves. */
const lanes = 2;

const begin = performance.now();
const scratch = mkdtempSync(join(tmpdir(), "tau2-test-"));
const report = join(scratch, "vitest.json");
const shared = sharedFolder();

/** The long ones first, so that the short ones fill the gaps. @type {Step[]} */
const steps = [
  {
    name: "unit tests",
    script: "test:unit",
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    counts: () => countsOfVitest(report),
  },
  { name: "check:packed", script: "check:packed" },
  { name: "typecheck", script: "typecheck" },
  {
    name: "conformance",
    script: "conformance",
    counts: countsOfLastLine,
    skip: shared ? null : "no recorded vectors here (TAU2_SHARED, or the folder ../shared)",
  },
  { name: "check:exports", script: "check:exports" },
  { name: "examples", script: "examples" },
  { name: "check:snippets", script: "check:snippets" },
  { name: "lint", script: "lint" },
  { name: "check:layers", script: "check:layers" },
  { name: "check:unused", script: "check:unused" },
  { name: "format:check", script: "format:check" },
];

say("tau2 test: install, build, then every check and test\n");
const toolchain = await setUp(buildAll);
const results = toolchain ? await runAll(toolchain.env) : [{ step: "set-up", seconds: 0, counts: { passed: 0, failed: 1, skipped: 0 } }];
rmSync(scratch, { recursive: true, force: true });
summarize(results);
process.exit(results.some(({ counts }) => counts.failed > 0) ? 1 : 0);

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ step: string, seconds: number, counts: Counts }[]>} in the order of the steps
 */
async function runAll(env) {
  const stepEnv = { ...withoutMachineSettings(env), ...(shared && { TAU2_SHARED: shared }) };
  /** @type {{ step: string, seconds: number, counts: Counts }[]} */
  const done = [];
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < steps.length; at = next++) {
      const step = /** @type {Step} */ (steps[at]);
      done[at] = await runStep(step, stepEnv);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return done;
}

/**
 * @param {Step} step
 * @param {NodeJS.ProcessEnv} env
 */
async function runStep(step, env) {
  if (step.skip) {
    skipped(step.name, step.skip);
    return { step: step.name, seconds: 0, counts: { passed: 0, failed: 0, skipped: 1 } };
  }
  started(step.name);
  const { ok, output, stdout, seconds } = await run("pnpm", ["--silent", "run", step.script, ...(step.args ?? [])], { env });
  const counts = countsOf(ok, step.counts?.(stdout) ?? null);
  if (counts.failed > 0) failed(step.name, seconds, output);
  else passed(step.name, seconds, step.counts && countsText(counts));
  return { step: step.name, seconds, counts };
}

/**
 * What a step counts for. One that failed without a failed case of its own, or does not say what it ran, is one case.
 * @param {boolean} ok
 * @param {Counts | null} own
 * @returns {Counts}
 */
function countsOf(ok, own) {
  if (!own) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  return !ok && own.failed === 0 ? { ...own, failed: 1 } : own;
}

/** @param {readonly { step: string, seconds: number, counts: Counts }[]} all */
function summarize(all) {
  say(`\n  ${"step".padEnd(16)} ${"passed".padStart(8)} ${"failed".padStart(8)} ${"skipped".padStart(8)} ${"time".padStart(12)}`);
  for (const { step, seconds, counts } of all) {
    const figures = [counts.passed, counts.failed, counts.skipped].map((n) => String(n).padStart(8)).join(" ");
    say(`  ${step.padEnd(16)} ${figures} ${duration(seconds).padStart(12)}`);
  }
  say(`\n  ${duration((performance.now() - begin) / 1000)} in all\n`);
  say(countsText(sumOf(all.map(({ counts }) => counts))));
}
