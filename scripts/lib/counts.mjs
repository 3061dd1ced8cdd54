import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The sum of several counts.
 * @param {readonly Counts[]} list
 * @returns {Counts}
 */
export function sumOf(list) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const counts of list) {
    sum.passed += counts.passed;
    sum.failed += counts.failed;
    sum.skipped += counts.skipped;
  }
  return sum;
}

/** @param {Counts} counts */
export function countsText(counts) {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

/**
 * Reads the counts in a program's last line, `N passed, N failed, N skipped`.
 * @param {string} stdout
 * @returns {Counts | null} null without such a line
 */
export function countsOfLastLine(stdout) {
  const found = /^(\d+) passed, (\d+) failed, (\d+) skipped$/.exec(stdout.trimEnd().split("\n").at(-1) ?? "");
  return found && { passed: Number(found[1]), failed: Number(found[2]), skipped: Number(found[3]) };
}

/**
 * Reads the counts of vitest's JSON report. A file that could not be loaded counts as one failed case.
 * @param {string} path
 * @returns {Counts | null} null without a report
 */
export function countsOfVitest(path) {
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  let report;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.every((result) => result.status !== "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
