// Runs the unit tests in random order on a busy machine: `pnpm test:shuffle [ROUNDS] [--seed N] [--loops N]`, 5 rounds unless given.
// Finds tests that depend on their order, on leftovers of other tests, on the arrival order of requests, or on time.
// Prints the seed of every round and the names of failed tests. `--seed` repeats the orders of an earlier run.
// `--loops` is the number of processes that keep a core busy each while the tests run, 2 unless given.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run } from "./lib/command.mjs";
import { countsText } from "./lib/counts.mjs";
import { failed, passed, say } from "./lib/report.mjs";
import { root } from "./lib/repository.mjs";
import { withoutMachineSettings } from "./lib/toolchain.mjs";

const options = /** @type {const} */ ({ seed: { type: "string" }, loops: { type: "string", default: "2" } });
const { positionals, values } = parseArgs({ allowPositionals: true, options });
const rounds = wholeNumber(positionals[0] ?? "5", "ROUNDS");
const firstSeed = wholeNumber(values.seed ?? String(1 + Math.floor(Math.random() * 1_000_000)), "--seed");
const busy = wholeNumber(values.loops, "--loops");

const scratch = mkdtempSync(join(tmpdir(), "tau2-shuffle-"));
const loops = Array.from({ length: busy }, () => spawn(process.execPath, ["--eval", "for (;;);"], { stdio: "ignore" }));
process.on("exit", () => loops.forEach((loop) => loop.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

/** @type {Map<string, number[]>} seeds under which a test failed */
const seedsOfFailures = new Map();
let failedRounds = 0;
for (let round = 0; round < rounds; round++) {
  const seed = firstSeed + round;
  const report = join(scratch, `${seed}.json`);
  const words = ["run", "--sequence.shuffle.tests", `--sequence.seed=${seed}`];
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const { ok, output, seconds } = await run(
    process.execPath,
    [vitest, ...words, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    { env: withoutMachineSettings(process.env) },
  );
  if (ok) {
    passed(`seed ${seed}`, seconds);
    continue;
  }
  failedRounds++;
  failed(`seed ${seed}`, seconds, output);
  for (const name of failedTests(report)) seedsOfFailures.set(name, [...(seedsOfFailures.get(name) ?? []), seed]);
}
rmSync(scratch, { recursive: true, force: true });

for (const [name, seeds] of seedsOfFailures) say(`failed with seed ${seeds.join(", ")}: ${name}`);
say(countsText({ passed: rounds - failedRounds, failed: failedRounds, skipped: 0 }));
process.exit(failedRounds > 0 ? 1 : 0);

/**
 * Returns the names of the tests that failed, and of the files that could not be loaded.
 * @param {string} report
 * @returns {string[]}
 */
function failedTests(report) {
  /** @type {{ testResults: { name: string, status: string, assertionResults: { fullName: string, status: string }[] }[] }} */
  let results;
  try {
    results = JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return ["vitest ended without a report"];
  }
  return results.testResults.flatMap(({ name, status, assertionResults }) => {
    const file = name.replace(root, "");
    const tests = assertionResults.filter((test) => test.status === "failed").map(({ fullName }) => `${file}: ${fullName}`);
    return tests.length === 0 && status === "failed" ? [file] : tests;
  });
}

/**
 * @param {string} text
 * @param {string} name
 */
function wholeNumber(text, name) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) {
    say(`${name} must be a whole number from 1: got '${text}'`);
    process.exit(2);
  }
  return number;
}
