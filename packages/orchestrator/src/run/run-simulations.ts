import { setMaxListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createEnvironmentConfig, Tau2Error, type Domain, type DomainData, type EnvironmentConfig } from "@tau2/domains";
import pLimit from "p-limit";
import { needsJudge } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-assertions.ts";
import { runDefaults } from "./defaults.ts";
import type { RunEvent } from "./events.ts";
import type { GradeOptions } from "./grade.ts";
import { onAbort } from "./turn-deadline.ts";
import { planRun, type RunPlan, type SimulationSpec } from "./plan-run.ts";
import type { AttemptOptions } from "./play.ts";
import { runSimulation, type SimulationOptions } from "./run-unit.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { SimulationStore } from "./simulation-store.ts";
import { noTotals, withSimulation, type RunTotals } from "./totals.ts";

/** What to run, who plays, and how. */
export interface RunOptions<A = unknown, U = unknown>
  extends RunPlan, Omit<AttemptOptions, "environment">, Pick<GradeOptions, "withoutJudge"> {
  domain: Domain<A, U>;
  data: DomainData<A, U>;
  /** Judges natural-language assertions; as a function, one for each simulation. */
  judge?: NlJudge | ((unit: SimulationSpec) => NlJudge) | undefined;
  /** The agent works alone. By default false. */
  solo?: boolean | undefined;
  /** Simulations at the same time. By default 3. */
  concurrency?: number | undefined;
  /** Further attempts at a conversation, or at its grade, after a transient fault. By default 3. */
  maxRetries?: number | undefined;
  /** Milliseconds before each further attempt. By default 1000. */
  retryDelayMs?: number | undefined;
  /** Keeps conversations and results, and knows those of earlier sessions. By default nothing is stored. */
  store?: SimulationStore | undefined;
  /** Ends the run early. */
  signal?: AbortSignal | undefined;
  /** For a progress view. Not awaited. */
  onEvent?(event: RunEvent): void;
}

/** What a run came to. */
export interface RunOutcome {
  /** In the order in which they were done. */
  simulations: SimulationRun[];
  /** Whether it was ended early; then `simulations` are those that were held by then. */
  cancelled: boolean;
  totals: RunTotals;
}

/**
 * Plays every task in every trial, several at a time, and grades the conversations. No simulation's fault ends the run: transient ones are
 * tried again, and where that does not help a placeholder stands for the simulation, or it stays without a grade. Writes no files: the `store` does.
 * @throws Tau2Error `invalid` or `unsupported` before anything is started, when the run makes no sense; and what the store or
 * `onEvent` throws, after the simulations that are under way were cancelled
 */
export async function runSimulations<A, U>(options: RunOptions<A, U>): Promise<RunOutcome> {
  checkRun(options);
  const environment = createEnvironmentConfig(options.domain, options.data, { solo: options.solo ?? false }) as EnvironmentConfig;
  const { store } = options;
  const units = planRun(options).filter((unit) => !store?.isDone(unit));
  const { concurrency = runDefaults.concurrency, maxRetries = runDefaults.maxRetries, retryDelayMs = runDefaults.retryDelayMs } = options;

  const stop = linked(options.signal);
  let broken: { error: unknown } | null = null;
  const breakOff = (error: unknown) => {
    broken ??= { error };
    stop.controller.abort(error);
  };
  const emit = (event: RunEvent) => {
    try {
      options.onEvent?.(event);
    } catch (error) {
      breakOff(error);
    }
  };

  const simulations: SimulationRun[] = [];
  let totals = noTotals(units.length);
  const work = async (unit: SimulationSpec) => {
    // Participants without a model leave no gap in which a signal or a timer could come through.
    await nextTurn();
    if (stop.controller.signal.aborted) return;
    totals = { ...totals, running: totals.running + 1 };
    emit({ type: "started", unit, totals });
    const unitOptions: SimulationOptions = {
      ...options,
      judge: typeof options.judge === "function" ? options.judge(unit) : options.judge,
      environment,
      maxRetries,
      retryDelayMs,
      signal: stop.controller.signal,
      onStep: (conversation) => emit({ type: "step", unit, conversation }),
      onRetry: (stage, attempt, fault) => emit({ type: "retried", unit, stage, attempt, maxRetries, fault }),
      saveConversation: (simulation) => store?.saveConversation(simulation),
      ungraded: store?.findUngraded(unit) ?? null,
    };
    const done = await runSimulation(unit, unitOptions).finally(() => (totals = { ...totals, running: totals.running - 1 }));
    if (!done) return;
    await store?.saveResult(done.simulation);
    simulations.push(done.simulation);
    totals = withSimulation(totals, done.simulation, done.fault === null, unit.task);
    const { simulation, fault } = done;
    emit(fault ? { type: "failed", unit, simulation, fault, totals } : { type: "finished", unit, simulation, totals });
  };

  emit({ type: "planned", units, totals });
  const limit = pLimit(concurrency);
  try {
    await Promise.all(units.map((unit) => limit(() => work(unit).catch(breakOff))));
  } finally {
    stop.release();
  }
  if (broken) throw (broken as { error: unknown }).error;
  return { simulations, cancelled: stop.controller.signal.aborted, totals };
}

function checkRun({
  tasks,
  concurrency = runDefaults.concurrency,
  maxSteps = runDefaults.maxSteps,
  maxErrors = runDefaults.maxErrors,
  judge,
  withoutJudge = "error",
}: Pick<RunOptions, "tasks" | "concurrency" | "maxSteps" | "maxErrors" | "judge" | "withoutJudge">): void {
  if (maxSteps <= 0) throw new Tau2Error("invalid", `Max steps must be greater than 0: got ${maxSteps}`);
  if (maxErrors <= 0) throw new Tau2Error("invalid", `Max errors must be greater than 0: got ${maxErrors}`);
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new Tau2Error("invalid", `concurrency must be a whole number from 1: got ${concurrency}`);
  }
  if (judge || withoutJudge !== "error") return;
  const judged = tasks.filter(needsJudge);
  if (judged.length > 0) {
    const examples = judged.slice(0, 3).map(({ id }) => `'${id}'`);
    throw new Tau2Error(
      "unsupported",
      `${judged.length} of ${tasks.length} tasks (${examples.join(", ")}${judged.length > 3 ? ", …" : ""}) are graded by natural-language assertions, and there is ` +
        `no judge: give one, or withoutJudge: "not_graded" to leave the assertions out of the reward`,
    );
  }
}

function linked(signal: AbortSignal | undefined): { controller: AbortController; release(): void } {
  const controller = new AbortController();
  // Every simulation listens; from the eleventh on Node would warn of a leak.
  setMaxListeners(0, controller.signal);
  return { controller, release: onAbort(signal, (reason) => controller.abort(reason)) };
}
