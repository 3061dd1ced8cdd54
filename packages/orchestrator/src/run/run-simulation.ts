import type { SimulationRun } from "../results/results.ts";
import type { SimulationSpec } from "./plan-run.ts";
import { getPolicy } from "@tau2/domains/internal";
import { pause } from "@tau2/user-sim/internal";
import type { Conversation } from "../conversation/conversation.ts";
import { runAttempt, type AttemptOptions } from "./attempt.ts";
import type { Fault } from "./fault.ts";
import { gradeSimulation, type Graded, type GradeOptions } from "./grade-simulation.ts";
import { createPlaceholder, toFaultInfo, toSimulationRun } from "./simulation-record.ts";

/**
 * Storage for the simulations of a run. `runSimulations` awaits every save and ends the run when one fails.
 * `openRun` returns a store that writes a log and a results file.
 */
export interface SimulationStore {
  /** Returns whether an earlier session completed and graded the simulation. It is then skipped. */
  isDone(spec: Pick<SimulationSpec, "task" | "trial">): boolean;
  /** Returns a conversation that an earlier session saved and did not grade, or null. It is graded without being run again. */
  findUngraded(spec: Pick<SimulationSpec, "task" | "trial">): SimulationRun | null;
  /** Saves a finished conversation before it is graded, so that a failing judge cannot lose it. */
  saveConversation(simulation: SimulationRun): void | Promise<void>;
  /** Saves a simulation in its final form: graded, ungradable, or a placeholder for a failed one. */
  saveResult(simulation: SimulationRun): void | Promise<void>;
}

/** Options of {@link runSimulation}. */
export interface SimulationOptions extends AttemptOptions, Pick<GradeOptions, "judge" | "withoutJudge"> {
  evaluationType?: GradeOptions["type"];
  maxRetries: number;
  retryDelayMs: number;
  store: Pick<SimulationStore, "findUngraded" | "saveConversation"> | undefined;
  signal: AbortSignal;
  onStep(conversation: Conversation): void;
  onRetry(stage: "conversation" | "grade", attempt: number, fault: Fault): void;
}

/**
 * Runs one simulation from its first attempt to its grade. The conversation is saved before it is graded, and a failing judge repeats only
 * the grading.
 * @returns null if the signal was aborted before the conversation ended
 * @throws what the store throws
 */
export async function runSimulation(spec: SimulationSpec, options: SimulationOptions): Promise<Graded | null> {
  const { environment, judge, withoutJudge, evaluationType: type, signal, store } = options;
  let completed = store?.findUngraded(spec) ?? null;
  if (!completed) {
    const outcome = await completeConversation(spec, options);
    if (!outcome || outcome.fault) return outcome;
    completed = outcome.simulation;
    await store?.saveConversation(completed);
  }
  const simulation = completed;
  return withRetries("grade", options, () =>
    gradeSimulation(simulation, { environment, task: spec.task, type, judge, withoutJudge, signal }),
  );
}

/** Runs the conversation. After too many faults returns a placeholder. */
async function completeConversation(spec: SimulationSpec, options: SimulationOptions): Promise<Graded | null> {
  let attempts = 0;
  const last = await withRetries("conversation", options, async () => {
    attempts++;
    const start = new Date();
    const started = performance.now();
    const attempt = await runAttempt(spec, options, options);
    return { ...attempt, timing: { start, end: new Date(), seconds: (performance.now() - started) / 1000 } };
  });
  if (!last.fault) return { simulation: toSimulationRun(spec, last.trajectory, last.timing, getPolicy(options.environment)), fault: null };
  if (options.signal.aborted) return null;
  const { task, trial, seed } = spec;
  const fault = { ...toFaultInfo(last.fault), failed_after_attempts: attempts };
  return { simulation: createPlaceholder({ task_id: task.id, trial, seed }, fault), fault: last.fault };
}

/** Repeats some work until it succeeds, fails with a fault that is not transient, or runs out of retries. */
async function withRetries<T extends { fault: Fault | null }>(
  stage: "conversation" | "grade",
  { maxRetries, retryDelayMs, signal, onRetry }: SimulationOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const result = await work();
    if (!result.fault?.transient || attempt > maxRetries || signal.aborted) return result;
    onRetry(stage, attempt, result.fault);
    // An abort during the pause is noticed below.
    await pause(retryDelayMs, signal).catch(() => undefined);
    if (signal.aborted) return result;
  }
}
