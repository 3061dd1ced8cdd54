import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption } from "../config/option.ts";
import { UsageError } from "../errors.ts";
import type { ComparedRun } from "../results/format-comparison.ts";
import { runWord } from "./shared.ts";

/** `tau2 compare A B`: the same tasks in two runs, side by side. */
export const compare = defineCommand({
  brief: "compare two runs over the same tasks",
  usage: "A B [options]",
  about:
    "Pairs the tasks that both runs have: differences with 95 % intervals and permutation tests, the tasks that flipped, and the smallest difference that could be seen with so many. Runs over different data are refused.",
  options: {
    force: { group: "Options", kind: "switch", default: false, brief: "compare runs over different data as well" },
    ...jsonOption,
  },
  positional: [
    { ...runWord, placeholder: "a" },
    { ...runWord, placeholder: "b" },
  ],
  async work({ io, printer }, flags, first, second) {
    const { compareRuns, computeCoverage } = await import("@tau2/orchestrator/metrics");
    const { readStoredRun } = await import("../results/find-run.ts");
    const { formatComparison } = await import("../results/format-comparison.ts");
    const { findRunDifferences } = await import("../results/run-differences.ts");

    const [before, after] = [await readStoredRun(io, first, { forMetrics: true }), await readStoredRun(io, second, { forMetrics: true })];
    const { data, others } = findRunDifferences(before, after);
    if (data.length > 0 && !flags.force) {
      throw new UsageError(
        `the runs are not of the same data, so their tasks are not the same work:\n${data.map((text) => `  ${text}`).join("\n")}\nTo compare them nevertheless add --force`,
      );
    }
    const comparison = compareRuns(before.results.simulations, after.results.simulations);
    if (comparison.tasks === 0) throw new UsageError("the runs do not share a task of which both have a graded simulation");
    const differences = [...data, ...others];
    const withCoverage = ({ file, results }: typeof before): ComparedRun => ({
      file,
      results,
      coverage: computeCoverage(results.simulations, results.info, results.tasks),
    });
    const runs = [withCoverage(before), withCoverage(after)] as const;
    if (flags.json) {
      printer.json({
        before: before.file,
        after: after.file,
        differences,
        coverage: { before: runs[0].coverage, after: runs[1].coverage },
        ...comparison,
      });
    } else printer.lines(formatComparison(runs, differences, comparison, { cwd: io.cwd, style: printer }));
  },
});
