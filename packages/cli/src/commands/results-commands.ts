import { defineCommand, type BuiltCommand } from "../command.ts";
import { jsonOption } from "../config/option.ts";
import { baselinesOptions, compareOptions, convertOptions, evaluateOptions, metricsOptions, replayOptions } from "./results-options.ts";

const run = { placeholder: "run", brief: "a run by its name, its directory, or its results file" };

/** Commands that work on what runs left. */
export const resultsCommands = {
  metrics: defineCommand({
    brief: "show the metrics of a run, and the number of simulations behind them",
    usage: "RUN [options]",
    options: { ...metricsOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./metrics.ts")).metrics,
  }),
  evaluate: defineCommand({
    brief: "grade stored trajectories again",
    usage: "PATH… [options]",
    about:
      "Grades stored trajectories again and shows what changed; the trajectories stay as they are. Where a tool no longer answers as recorded, the simulation keeps its grade and the exit code is 1; --lenient ignores that. Also called evaluate-trajs.",
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
    brief: "compare two runs over the same tasks",
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
    brief: "show a stored trajectory step by step, with what each call changed",
    usage: "RUN [options]",
    options: { ...replayOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./replay.ts")).replay,
  }),
  convert: defineCommand({
    brief: "convert results to the other layout of tau2-bench",
    usage: "RUN [options]",
    about: "One file with everything, or a file for each simulation. Copies of the old files stay beside it. Also called convert-results.",
    options: { ...convertOptions, ...jsonOption },
    positional: [run],
    load: async () => (await import("./convert.ts")).convert,
  }),
  baselines: defineCommand({
    brief: "show what the solution earns in each domain, and what doing nothing earns",
    usage: "[options]",
    options: { ...baselinesOptions, ...jsonOption },
    letters: { d: "domain" },
    load: async () => (await import("./baselines.ts")).baselines,
  }),
} as const satisfies Readonly<Record<string, BuiltCommand>>;
