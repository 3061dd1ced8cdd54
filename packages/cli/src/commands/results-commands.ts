import { defineCommand, type BuiltCommand } from "../command.ts";
import { jsonOption } from "../config/json-option.ts";
import { baselinesOptions, compareOptions, convertOptions, evaluateOptions, metricsOptions, replayOptions } from "./results-options.ts";

const run = { placeholder: "run", brief: "a run by its name, its directory, or its results file" };

/** Commands that work on what runs left. */
export const resultsCommands = {
  metrics: defineCommand({
    brief: "the figures of a run, with what they stand on",
    usage: "RUN [options]",
    options: { ...metricsOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./metrics.ts")).metrics,
  }),
  evaluate: defineCommand({
    brief: "grade stored trajectories again",
    usage: "PATH… [options]",
    about:
      "Grades what is stored once more and shows what came out otherwise; trajectories never change. A tool that answers otherwise than is on record is a fault of that simulation, which keeps what it had, and the exit code is 1; --lenient passes over it. Also called evaluate-trajs.",
    options: { ...evaluateOptions, ...jsonOption },
    letters: { o: "output" },
    positional: [{ placeholder: "path", brief: "a run, a results file, a directory of them, or a pattern such as 'runs/*/results.json'" }],
    more: true,
    examples: [
      ["tau2 evaluate my-run", "what would this run be graded today?"],
      ["tau2 evaluate data/simulations -o graded --fresh-tasks", "all runs, by the tasks as they are now"],
    ],
    load: async () => (await import("./evaluate.ts")).evaluate,
  }),
  compare: defineCommand({
    brief: "two runs over the same tasks, side by side",
    usage: "A B [options]",
    about:
      "Pairs the tasks that both runs have: differences with 95 % intervals and permutation tests, the tasks that flipped, and the smallest difference that could be seen with so many. Runs over different data are refused.",
    options: { ...compareOptions, ...jsonOption },
    positional: [
      { ...run, placeholder: "a" },
      { ...run, placeholder: "b" },
    ],
    load: async () => (await import("./compare.ts")).compare,
  }),
  replay: defineCommand({
    brief: "a stored trajectory step by step, with what each call changed",
    usage: "RUN [options]",
    options: { ...replayOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./replay.ts")).replay,
  }),
  convert: defineCommand({
    brief: "bring results into the other layout of the reference",
    usage: "RUN [options]",
    about: "One file with everything, or a file for each simulation. Copies of what was there stay beside it. Also called convert-results.",
    options: { ...convertOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./convert.ts")).convert,
  }),
  baselines: defineCommand({
    brief: "what the solution and doing nothing earn in each domain",
    usage: "[options]",
    options: { ...baselinesOptions, ...jsonOption },
    letters: { d: "domain" },
    load: async () => (await import("./baselines.ts")).baselines,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;
