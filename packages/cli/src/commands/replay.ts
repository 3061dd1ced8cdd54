import { didYouMean } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { defineCommand } from "../command-line/define-command.ts";
import type { FlagsOf } from "../config/flags.ts";
import { jsonOption, type OptionTable } from "../config/option.ts";
import { UsageError } from "../errors.ts";
import { isFailed } from "../results/is-failed.ts";
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

type Flags = FlagsOf<typeof options>;

/** `tau2 replay RUN` */
export const replay = defineCommand({
  brief: "show a stored trajectory step by step, with what each call changed",
  usage: "RUN [options]",
  options,
  positional: [runWord],
  async work({ io, printer }, flags, given) {
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

function chooseSimulation(simulations: readonly SimulationRun[], { id, taskId, trial, failed }: Flags): SimulationRun {
  const first = simulations.find(
    (simulation) =>
      (!failed || isFailed(simulation)) &&
      (id === undefined || simulation.id === id) &&
      (taskId === undefined || simulation.task_id === taskId) &&
      (trial === undefined || (simulation.trial ?? 0) + 1 === trial),
  );
  if (first) return first;
  const hint = taskId === undefined ? "" : didYouMean(taskId, new Set(simulations.map(({ task_id }) => task_id)));
  if (failed && id === undefined && taskId === undefined) throw new UsageError("no simulation of the run failed");
  throw new UsageError(`no such simulation among the ${simulations.length} of the run${hint}`);
}

/** Names the other simulations that the options select, so that one of them can be chosen next. */
function formatOthers(all: readonly SimulationRun[], shown: SimulationRun, { id, taskId, trial, failed }: Flags): string[] {
  if (id !== undefined || taskId !== undefined || trial !== undefined) return [];
  const others = all.filter((simulation) => simulation !== shown && (!failed || isFailed(simulation)));
  if (others.length === 0) return [];
  const next = others[0]!;
  const kind = failed ? "failed simulations" : "simulations";
  return ["", `the first of ${others.length + 1} ${kind}; the next one: --task-id '${next.task_id}' --trial ${(next.trial ?? 0) + 1}`];
}
