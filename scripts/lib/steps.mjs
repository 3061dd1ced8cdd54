import { tmpdir } from "node:os";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";
import { countsOfLastLine, countsOfVitest, countsText, sumOf } from "./counts.mjs";
import { duration, failed, passed, say, skipped, started } from "./report.mjs";
import { sharedFolder } from "./repository.mjs";
import { withoutMachineSettings } from "./toolchain.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */

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

const shared = sharedFolder();

/** @type {Step} */
export const conformance = {
  name: "conformance",
  script: "conformance",
  counts: countsOfLastLine,
  skip: shared ? null : "no recorded vectors here (TAU2_SHARED, or the folder ../shared)",
};

/**
 * The unit tests, with a report in a folder of the caller's.
 * @param {string} scratch
 * @returns {Step}
 */
export function unitTests(scratch) {
  const report = join(scratch, "vitest.json");
  return {
    name: "unit tests",
    script: "test:unit",
    args: ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    counts: () => countsOfVitest(report),
  };
}

/**
 * Runs steps, several at a time, tells how each ends, and sets the exit code. Its last line on standard output is
 * `N passed, N failed, N skipped`: test cases, conformance cases, and one case a check.
 * @param {(scratch: string) => Step[]} stepsWith steps, given a folder for what they write
 * @param {NodeJS.ProcessEnv | null} env null when the steps cannot begin: that is one failed case
 */
export async function runSteps(stepsWith, env) {
  const scratch = mkdtempSync(join(tmpdir(), "tau2-test-"));
  const results = env
    ? await runAll(stepsWith(scratch), env)
    : [{ step: "set-up", seconds: 0, counts: { passed: 0, failed: 1, skipped: 0 } }];
  rmSync(scratch, { recursive: true, force: true });
  summarize(results);
  process.exitCode = results.some(({ counts }) => counts.failed > 0) ? 1 : 0;
}

/**
 * @param {readonly Step[]} steps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ step: string, seconds: number, counts: Counts }[]>} in the order of the steps
 */
async function runAll(steps, env) {
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
  // Why parts of it were skipped, in the words of `skipped`.
  for (const line of stdout.split("\n")) if (/^ {2}- .* skipped {3}/.test(line)) say(`  ${line}`);
  return { step: step.name, seconds, counts };
}

/**
 * Counts a step. One that failed without a failed case of its own, or does not report its cases, is one case.
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
  say(`\n  ${duration(performance.now() / 1000)} in all\n`);
  say(countsText(sumOf(all.map(({ counts }) => counts))));
}
