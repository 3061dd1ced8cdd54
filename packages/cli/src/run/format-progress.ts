import type { RunEvent } from "@tau2/orchestrator";
import type { RunTotals, SimulationSpec } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { getErrorMessage } from "@tau2/domains/internal";
import { createStatusBlock } from "../ui/status-block.ts";
import { formatDuration, formatReward, type Paint, count, oneLine, formatDollars } from "../ui/text.ts";

/** Formats the permanent line of an event: one for the end or retry of a simulation, none for others. */
export function formatEvent(event: RunEvent, paint: Paint): string | null {
  switch (event.type) {
    case "finished":
      return finishedLine(event.simulation, paint);
    case "failed":
      return `${paint("red", "!")} ${formatSimulationName(event.simulation)}: ${event.fault.class} fault, ${toOutcome(event.simulation)}: ${oneLine(getErrorMessage(event.fault.error))}`;
    case "retried": {
      const { spec, stage, attempt, maxRetries, fault } = event;
      const what = stage === "grade" ? "grading again" : "once more";
      return `${paint("yellow", "↻")} ${formatSimulationName({ task_id: spec.task.id, trial: spec.trial })}: ${what} (${attempt}/${maxRetries}) after: ${oneLine(getErrorMessage(fault.error))}`;
    }
    case "planned":
    case "started":
    case "step":
      return null;
  }
}

/** Task and trial, the trial counted from 1 as people do. */
function formatSimulationName({ task_id, trial }: Pick<SimulationRun, "task_id" | "trial">): string {
  return `task ${oneLine(task_id)}, trial ${(trial ?? 0) + 1}`;
}

function finishedLine(simulation: SimulationRun, paint: Paint): string {
  const reward = simulation.reward_info?.reward ?? null;
  const mark = reward === 1 ? paint("green", "✓") : reward === 0 ? paint("red", "✗") : paint("yellow", "~");
  const { messages, duration, termination_reason: end } = simulation;
  return `${mark} reward ${formatReward(reward)}, ${formatSimulationName(simulation)}: ${count((messages ?? []).length, "message")}, ${end}, ${formatDuration(duration)}`;
}

function toOutcome({ termination_reason: end }: SimulationRun): string {
  return end === "infrastructure_error" ? "no conversation" : "not graded";
}

/** A simulation that is being played. */
export interface Running {
  readonly unit: SimulationSpec;
  /** On the clock of `performance.now`. */
  readonly since: number;
  messages: number;
}

/** Status of a run. */
export interface Status {
  readonly totals: RunTotals;
  readonly running: readonly Running[];
  /** Seconds since it began. */
  readonly elapsed: number;
  /** On the clock of `performance.now`. */
  readonly now: number;
  readonly columns: number;
  readonly paint: Paint;
}

/** The lines under the finished simulations: where the run stands, and some of the simulations that are being played. */
export function formatStatus({ totals, running, elapsed, now, columns, paint }: Status): string[] {
  const { planned, finished, failed, reward, cost, costComplete } = totals;
  const done = finished + failed;
  const spent = cost.agent + cost.user + cost.judge;
  const left = done > 0 && done < planned ? (elapsed / done) * (planned - done) : null;
  return createStatusBlock({
    share: done / planned,
    figures: [
      `${done}/${planned} done`,
      `reward ${formatReward(finished > 0 ? reward / finished : null)}`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(left === null ? [] : [`${formatDuration(left)} left`]),
      `${totals.running} running`,
      `cost ${formatDollars(spent)}${costComplete ? "" : " or more"}`,
      formatDuration(elapsed),
    ],
    playing: running.map(
      ({ unit: { task, trial }, since, messages }) =>
        `${formatDuration((now - since) / 1000)}, ${count(messages, "message")}, ${formatSimulationName({ task_id: task.id, trial })}`,
    ),
    columns,
    paint,
  });
}
