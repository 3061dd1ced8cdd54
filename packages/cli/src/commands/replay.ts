import { defineCommand } from "../command-line/define-command.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import { runDomainOptions, runWord } from "./shared.ts";

const options = {
  task_id: { group: "Options", kind: "text", placeholder: "ID", brief: "a simulation of this task" },
  trial: { group: "Options", kind: "integer", placeholder: "N", min: 1, brief: "… of this trial, counted from 1" },
  id: { group: "Options", kind: "text", placeholder: "ID", brief: "the simulation of this id" },
  failed: { group: "Options", kind: "switch", default: false, brief: "only simulations that earned less than 1, or were not graded" },
  full: { group: "Options", kind: "switch", default: false, brief: "long answers of tools in full" },
  ...runDomainOptions,
  ...jsonOption,
} as const satisfies OptionTable;

/** `tau2 replay RUN` */
export const replay = defineCommand({
  brief: "show a stored trajectory step by step, with what each call changed",
  usage: "RUN [options]",
  options,
  positional: [runWord],
  async work({ io, printer }, flags, given) {
    const { chooseSimulation, formatOthers } = await import("../results/choose-simulation.ts");
    const { readStoredRun } = await import("../results/find-run.ts");
    const { loadRunEnvironment } = await import("../results/load-run-environment.ts");
    const { formatReplayHeadline, formatStep } = await import("../results/format-replay.ts");
    const { formatFailures } = await import("../results/format-failures.ts");
    const { replaySteps } = await import("../results/replay-steps.ts");

    const run = await readStoredRun(io, given);
    const { results } = run;
    const simulation = chooseSimulation(results.simulations, flags);
    const { environment, notes } = await loadRunEnvironment(io, run, flags);
    const { id, task_id, trial, messages } = simulation;
    const task = results.tasks.find((each) => each.id === task_id);
    const steps = replaySteps(environment, task?.initial_state ?? null, messages ?? []);
    for (const note of notes) io.stderr.write(`${note}\n`);
    if (flags.json) {
      printer.json({ simulation_id: id, task_id, trial, steps });
      return;
    }
    printer.lines([
      ...formatReplayHeadline(simulation, steps.length, printer),
      "",
      ...steps.flatMap((step) => formatStep(step, { ...printer, full: flags.full === true })),
      ...formatFailures(simulation, printer),
      ...formatOthers(results.simulations, simulation, flags),
    ]);
  },
});
