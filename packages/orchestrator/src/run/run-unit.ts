import { setTimeout as pause } from "node:timers/promises";
import { getPolicy } from "@tau2/domains";
import type { Conversation } from "../conversation/conversation.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { Fault } from "./fault.ts";
import { gradeSimulation, type Graded, type GradeOptions } from "./grade.ts";
import type { SimulationSpec } from "./plan-run.ts";
import { runAttempt, type AttemptOptions } from "./play.ts";
import { createPlaceholder, toSimulationRun } from "./simulation.ts";

/** What {@link runSimulation} needs to know. */
export interface SimulationOptions extends AttemptOptions, Pick<GradeOptions, "judge" | "withoutJudge"> {
  maxRetries: number;
  retryDelayMs: number;
  signal: AbortSignal;
  onStep(conversation: Conversation): void;
  onRetry(stage: "conversation" | "grade", attempt: number, fault: Fault): void;
  /** Saves the conversation before it is graded. */
  saveConversation(simulation: SimulationRun): void | Promise<void>;
  /** A conversation of an earlier session that only has to be graded. */
  ungraded: SimulationRun | null;
}

/**
 * One simulation, from its first attempt to its grade. A conversation is saved before it is graded, and a judge that fails does
 * not bring it back to its beginning: only the grading is tried again.
 * @returns null when it was cancelled before its conversation ended
 * @throws what `saveConversation` throws
 */
export async function runSimulation(unit: SimulationSpec, options: SimulationOptions): Promise<Graded | null> {
  const completed = options.ungraded ? { simulation: options.ungraded, fault: null } : await complete(unit, options);
  if (!completed || completed.fault) return completed;
  if (completed.simulation !== options.ungraded) await options.saveConversation(completed.simulation);
  const { environment, judge, withoutJudge, signal } = options;
  const grading = { environment, task: unit.task, judge, signal, ...(withoutJudge ? { withoutJudge } : {}) };
  return withRetries("grade", options, () => gradeSimulation(completed.simulation, grading));
}

/** Runs the conversation; after too many faults returns the placeholder that stands for it. */
async function complete(unit: SimulationSpec, options: SimulationOptions): Promise<Graded | null> {
  let attempts = 0;
  const last = await withRetries("conversation", options, async () => {
    attempts++;
    const start = new Date();
    const began = performance.now();
    const attempt = await runAttempt(unit, options, { signal: options.signal, onStep: options.onStep });
    return { ...attempt, span: { start, end: new Date(), seconds: (performance.now() - began) / 1000 } };
  });
  if (!last.fault) return { simulation: toSimulationRun(unit, last.trajectory, last.span, getPolicy(options.environment)), fault: null };
  if (options.signal.aborted) return null;
  return { simulation: createPlaceholder(unit, last.fault, attempts), fault: last.fault };
}

/** Does something until it goes well, fails in a way that trying again cannot help, or has failed too often. */
async function withRetries<T extends { fault: Fault | null }>(
  stage: "conversation" | "grade",
  options: SimulationOptions,
  work: () => Promise<T>,
): Promise<T> {
  const { maxRetries, retryDelayMs, signal } = options;
  for (let attempt = 1; ; attempt++) {
    const result = await work();
    if (!result.fault?.transient || attempt > maxRetries || signal.aborted) return result;
    options.onRetry(stage, attempt, result.fault);
    // An aborted pause is no fault of its own: the next look at the signal ends the loop.
    await pause(retryDelayMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return result;
  }
}
