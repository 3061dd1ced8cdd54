import { setImmediate as nextTurn } from "node:timers/promises";
import { createEnvironmentConfig, Tau2Error, type Domain, type DomainData, type EnvironmentConfig } from "@tau2/domains";
import { startDeadline, withUnlimitedListeners } from "@tau2/user-sim/internal";
import pLimit from "p-limit";
import { evaluationTypes, needsJudge, type EvaluationType } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-judge.ts";
import type { SimulationRun } from "../results/results.ts";
import type { AttemptOptions } from "./attempt.ts";
import { runDefaults } from "./defaults.ts";
import type { GradeOptions } from "./grade-simulation.ts";
import { planRun, type RunPlan, type SimulationSpec } from "./plan-run.ts";
import { addSimulation, createTotals, type RunEvent, type RunTotals } from "./progress.ts";
import { runSimulation, type SimulationStore } from "./run-simulation.ts";

/** Options of {@link runSimulations}. */
export interface RunOptions<A = unknown, U = unknown>
  extends RunPlan, Omit<AttemptOptions, "environment">, Pick<GradeOptions, "withoutJudge"> {
  domain: Domain<A, U>;
  data: DomainData<A, U>;
  /** Judge of natural-language assertions, or a function that creates one for each simulation. */
  judge?: NlJudge | ((spec: SimulationSpec) => NlJudge) | undefined;
  /** Components that make up the rewards. Default `all`: those that each task names. */
  evaluationType?: EvaluationType | undefined;
  /** True if the agent works alone. Default false. */
  solo?: boolean | undefined;
  /** Simulations that run at the same time. Default 3. */
  concurrency?: number | undefined;
  /** Further attempts at a conversation, or at its grade, after a transient fault. Default 3. */
  maxRetries?: number | undefined;
  /** Milliseconds before each further attempt. Default 1000. */
  retryDelayMs?: number | undefined;
  /** Saves conversations and results, and knows those of earlier sessions. By default nothing is stored. */
  store?: SimulationStore | undefined;
  /** Ends the run early. */
  signal?: AbortSignal | undefined;
  /** Called with every event, for a progress view. Not awaited. */
  onEvent?: ((event: RunEvent) => void) | undefined;
}

/** Outcome of a run. */
export interface RunOutcome {
  /** Simulations of this session, in the order in which they ended. */
  simulations: SimulationRun[];
  /** True if the run was ended early. `simulations` then has those that were done before. */
  cancelled: boolean;
  totals: RunTotals;
}

/**
 * Runs every task in every trial, several at a time, and grades the conversations. A fault does not end the run: transient ones are retried,
 * and after that the simulation is a placeholder, or stays without a grade. Files are written only by the `store`.
 * @throws Tau2Error `invalid` or `unsupported` for options that cannot work, before the first simulation
 * @throws what `store` or `onEvent` throws, after cancelling the running simulations
 * @example
 * ```ts
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { agentKinds, runSimulations, userKinds } from "@tau2/orchestrator";
 *
 * const data = loadData(mock);
 * const { simulations, totals } = await runSimulations({
 *   domain: mock,
 *   data,
 *   tasks: data.tasks(),
 *   trials: 1,
 *   seed: 300,
 *   agent: agentKinds.gold.factory({}),
 *   user: userKinds.scripted.factory({}),
 * });
 * ```
 */
export async function runSimulations<A, U>(options: RunOptions<A, U>): Promise<RunOutcome> {
  checkOptions(options);
  const { store, concurrency = runDefaults.concurrency, maxRetries = runDefaults.maxRetries } = options;
  const { retryDelayMs = runDefaults.retryDelayMs } = options;
  const environment = createEnvironmentConfig(options.domain, options.data, { solo: options.solo ?? false }) as EnvironmentConfig;
  const specs = planRun(options).filter((spec) => !store?.isDone(spec));

  const stop = startDeadline({ timeoutMs: null, signal: options.signal });
  const signal = withUnlimitedListeners(stop.signal);
  let failure: { error: unknown } | null = null;
  const fail = (error: unknown) => {
    failure ??= { error };
    stop.abort(error);
  };
  const emit = (event: RunEvent) => {
    try {
      options.onEvent?.(event);
    } catch (error) {
      fail(error);
    }
  };

  const simulations: SimulationRun[] = [];
  let totals = createTotals(specs.length);
  const run = async (spec: SimulationSpec) => {
    // Without a model a simulation is one long synchronous task; signals and timers need a gap.
    await nextTurn();
    if (signal.aborted) return;
    totals = { ...totals, running: totals.running + 1 };
    emit({ type: "started", spec, totals });
    const graded = await runSimulation(spec, {
      ...options,
      judge: typeof options.judge === "function" ? options.judge(spec) : options.judge,
      environment,
      maxRetries,
      retryDelayMs,
      store,
      signal,
      onStep: (conversation) => emit({ type: "step", spec, conversation }),
      onRetry: (stage, attempt, fault) => emit({ type: "retried", spec, stage, attempt, maxRetries, fault }),
    }).finally(() => (totals = { ...totals, running: totals.running - 1 }));
    if (!graded) return;
    const { simulation, fault } = graded;
    await store?.saveResult(simulation);
    simulations.push(simulation);
    totals = addSimulation(totals, simulation, fault === null, spec.task);
    emit(fault ? { type: "failed", spec, simulation, fault, totals } : { type: "finished", spec, simulation, totals });
  };

  emit({ type: "planned", specs, totals });
  const limit = pLimit(concurrency);
  try {
    await Promise.all(specs.map((spec) => limit(() => run(spec).catch(fail))));
  } finally {
    stop.release();
  }
  if (failure) throw (failure as { error: unknown }).error;
  return { simulations, cancelled: signal.aborted, totals };
}

function checkOptions({
  tasks,
  concurrency = runDefaults.concurrency,
  maxSteps = runDefaults.maxSteps,
  maxErrors = runDefaults.maxErrors,
  judge,
  withoutJudge = "error",
  evaluationType = "all",
}: Pick<RunOptions, "tasks" | "concurrency" | "maxSteps" | "maxErrors" | "judge" | "withoutJudge" | "evaluationType">): void {
  if (!evaluationTypes.includes(evaluationType)) {
    throw new Tau2Error("invalid", `evaluationType must be one of ${evaluationTypes.join(", ")}: got ${evaluationType}`);
  }
  if (maxSteps <= 0) throw new Tau2Error("invalid", `Max steps must be greater than 0: got ${maxSteps}`);
  if (maxErrors <= 0) throw new Tau2Error("invalid", `Max errors must be greater than 0: got ${maxErrors}`);
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new Tau2Error("invalid", `concurrency must be a whole number from 1: got ${concurrency}`);
  }
  if (judge || withoutJudge !== "error") return;
  const judged = tasks.filter((task) => needsJudge(task, evaluationType));
  if (judged.length > 0) {
    const examples = judged.slice(0, 3).map(({ id }) => `'${id}'`);
    throw new Tau2Error(
      "unsupported",
      `${judged.length} of ${tasks.length} tasks (${examples.join(", ")}${judged.length > 3 ? ", …" : ""}) are graded by natural-language assertions, ` +
        `which need a judge: set \`judge\`, or \`withoutJudge: "not_graded"\` to leave the assertions out of the reward`,
    );
  }
}
