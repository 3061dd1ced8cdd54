import { type EnvironmentConfig, type RewardInfo, Tau2Error, type Task } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { evaluate } from "../evaluate/evaluate.ts";
import type { EvaluationType } from "../evaluate/evaluation.ts";
import type { NlJudge } from "../evaluate/nl-judge.ts";
import { withReport } from "./notes.ts";
import { type Results, type RunInfo, isPlaceholder, type SimulationRun } from "./results.ts";

/** Options of {@link regrade}. */
export interface RegradeOptions {
  /** The environment that the simulations were held in. */
  environment: EnvironmentConfig;
  /** By default `all`. */
  type?: EvaluationType;
  /** By default false: answers that came out differently when recorded are passed over. */
  strict?: boolean;
  /** Judges natural-language assertions anew; without one the verdicts on record are kept. */
  judge?: NlJudge | undefined;
  signal?: AbortSignal | undefined;
}

/** Outcome of grading a simulation again. */
export interface Regrading {
  simulation_id: string;
  task_id: string;
  trial: number | null;
  before: number | null;
  after: number | null;
  /** Why it could not be graded; it keeps what it had. Null otherwise. */
  fault: string | null;
}

/**
 * Grades stored simulations again with the tasks stored beside them (docs/spec/core.md#7-9). Nothing but `reward_info` and our own note in `info`
 * changes. Simulations that an infrastructure error ended stay as they are: there is nothing to grade.
 * @example
 * ```ts no-run
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { readResults, regrade } from "@tau2/orchestrator/results";
 *
 * const environment = createEnvironmentConfig(mock, loadData(mock));
 * const { gradings } = await regrade(readResults("results.json"), { environment, strict: true });
 * console.log(gradings.filter(({ before, after }) => before !== after));
 * ```
 */
export async function regrade(results: Results, options: RegradeOptions): Promise<{ results: Results; gradings: Regrading[] }> {
  const simulations: SimulationRun[] = [];
  const gradings: Regrading[] = [];
  for (const simulation of results.simulations) {
    options.signal?.throwIfAborted();
    const { graded, fault } = await gradeAgain(simulation, getTask(results, simulation), options);
    simulations.push(graded);
    const { id: simulation_id, task_id, trial } = simulation;
    gradings.push({ simulation_id, task_id, trial, before: getReward(simulation), after: getReward(graded), fault });
  }
  return { results: { ...results, simulations }, gradings };
}

/** Returns true if a run's agent worked alone. */
export function isSoloRun(info: Pick<RunInfo, "agent_info" | "user_info">): boolean {
  return info.agent_info.implementation === "llm_agent_solo" && info.user_info.implementation === "dummy_user";
}

async function gradeAgain(
  simulation: SimulationRun,
  task: Task | null,
  options: RegradeOptions,
): Promise<{ graded: SimulationRun; fault: string | null }> {
  const { strict = false, judge = createRecordedJudge(simulation.reward_info), ...rest } = options;
  const { termination_reason: terminationReason, messages } = simulation;
  if (isPlaceholder(simulation)) return { graded: simulation, fault: null };
  if (!task) return { graded: simulation, fault: `the file does not contain task '${simulation.task_id}'` };
  try {
    const { rewardInfo, report } = await evaluate({ ...rest, task, messages: messages ?? [], terminationReason, strict, judge });
    return { graded: { ...simulation, reward_info: rewardInfo, info: withReport(simulation.info, report) }, fault: null };
  } catch (thrown) {
    options.signal?.throwIfAborted();
    return { graded: simulation, fault: getErrorMessage(thrown) };
  }
}

function createRecordedJudge(reward: RewardInfo | null): NlJudge {
  return {
    async judge({ assertions }) {
      const verdicts = assertions.map((assertion) => {
        const verdict = reward?.nl_assertions?.find(({ nl_assertion }) => nl_assertion === assertion);
        if (!verdict) throw new Tau2Error("unsupported", `a recorded verdict for '${assertion}' is missing, and a judge is not available`);
        return { met: verdict.met, justification: verdict.justification };
      });
      return { verdicts, effort: { model: "record", attempts: 0, cost: 0, usage: null } };
    },
  };
}

function getTask(results: Results, { task_id }: SimulationRun): Task | null {
  return results.tasks.find(({ id }) => id === task_id) ?? null;
}

function getReward({ reward_info }: SimulationRun): number | null {
  return reward_info?.reward ?? null;
}
