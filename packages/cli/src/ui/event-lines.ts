import type { RunEvent, SimulationRun } from "@tau2/orchestrator";
import { getErrorMessage } from "@tau2/domains/internal";
import { durationText, rewardText } from "./format.ts";
import type { Paint } from "./paint.ts";
import { count, oneLine } from "./text.ts";

/** What stays on the screen of an event: nothing of most, one line of those that end a simulation or try it again. */
export function eventLine(event: RunEvent, paint: Paint): string | null {
  switch (event.type) {
    case "finished":
      return finishedLine(event.simulation, paint);
    case "failed":
      return `${paint("red", "!")} ${unitName(event.simulation)}: ${event.fault.class} fault, ${toOutcome(event.simulation)}: ${oneLine(getErrorMessage(event.fault.error))}`;
    case "retried": {
      const { spec, stage, attempt, maxRetries, fault } = event;
      const what = stage === "grade" ? "grading again" : "once more";
      return `${paint("yellow", "↻")} ${unitName({ task_id: spec.task.id, trial: spec.trial })}: ${what} (${attempt}/${maxRetries}) after: ${oneLine(getErrorMessage(fault.error))}`;
    }
    case "planned":
    case "started":
    case "step":
      return null;
  }
}

/** Task and trial, the trial counted from 1 as people do. */
export function unitName({ task_id, trial }: Pick<SimulationRun, "task_id" | "trial">): string {
  return `task ${oneLine(task_id)}, trial ${(trial ?? 0) + 1}`;
}

function finishedLine(simulation: SimulationRun, paint: Paint): string {
  const reward = simulation.reward_info?.reward ?? null;
  const mark = reward === 1 ? paint("green", "✓") : reward === 0 ? paint("red", "✗") : paint("yellow", "~");
  const { messages, duration, termination_reason: end } = simulation;
  return `${mark} reward ${rewardText(reward)}, ${unitName(simulation)}: ${count((messages ?? []).length, "message")}, ${end}, ${durationText(duration)}`;
}

function toOutcome({ termination_reason: end }: SimulationRun): string {
  return end === "infrastructure_error" ? "no conversation" : "not graded";
}
