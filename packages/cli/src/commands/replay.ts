import { didYouMean } from "@tau2/domains/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { UsageError } from "../errors.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { CliIo } from "../io.ts";
import { readStoredRun } from "../results/find-run.ts";
import { loadRunEnvironment } from "../results/grading-changes.ts";
import { replaySteps, formatStep } from "../results/replay-steps.ts";
import { formatComponents } from "../ui/metrics-lines.ts";
import { formatDuration, formatReward, count } from "../ui/text.ts";
import { createOutput } from "./output.ts";
import type { replayOptions } from "./results-options.ts";

type Flags = FlagsOf<typeof replayOptions> & { readonly json?: boolean };

/** `tau2 replay RUN`: a stored trajectory step by step, with what each call changed. */
export async function replay(io: CliIo, flags: Flags, given: string): Promise<void> {
  const run = await readStoredRun(io, given);
  const { results } = run;
  const simulation = chosen(results.simulations, flags);
  const { environment, notes } = await loadRunEnvironment(io, run, flags);
  const task = results.tasks.find(({ id }) => id === simulation.task_id);
  const steps = replaySteps(environment, task?.initial_state ?? null, simulation.messages ?? []);
  const result = createOutput(io);
  const { id, task_id, trial, reward_info, termination_reason, duration } = simulation;
  for (const note of notes) io.stderr.write(`${note}\n`);
  if (flags.json) {
    result.json({ simulation_id: id, task_id, trial, steps });
    return;
  }
  result.lines([
    result.paint("bold", `task ${task_id}, trial ${(trial ?? 0) + 1}: reward ${formatReward(reward_info?.reward)}`),
    `${count(steps.length, "message")}, ${termination_reason}, ${formatDuration(duration)}${formatMarks(simulation)}`,
    "",
    ...steps.flatMap((step) => formatStep(step, { ...result, full: flags.full === true })),
    ...othersNote(results.simulations.length, flags),
  ]);
}

function chosen(simulations: readonly SimulationRun[], { id, taskId, trial }: Flags): SimulationRun {
  const first = simulations.find(
    (simulation) =>
      (id === undefined || simulation.id === id) &&
      (taskId === undefined || simulation.task_id === taskId) &&
      (trial === undefined || (simulation.trial ?? 0) + 1 === trial),
  );
  if (first) return first;
  const hint = taskId === undefined ? "" : didYouMean(taskId, new Set(simulations.map(({ task_id }) => task_id)));
  throw new UsageError(`no such simulation among the ${simulations.length} of the run${hint}`);
}

function formatMarks(simulation: SimulationRun): string {
  const marks = formatComponents(simulation);
  return marks === "" ? "" : `; ${marks}`;
}

function othersNote(all: number, { id, taskId, trial }: Flags): string[] {
  if (all === 1 || id !== undefined || taskId !== undefined || trial !== undefined) return [];
  return ["", `the first of ${all}; choose another with --task-id and --trial, or --id`];
}
