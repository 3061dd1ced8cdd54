import { selectTasks, type Task } from "@tau2/domains";
import { agentKinds, runSimulations, userKinds } from "@tau2/orchestrator";
import { getReport } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import { loadDomainWithData } from "../domain/load-domain-with-data.ts";
import type { CliIo } from "../io.ts";

/** Rewards of agents without a model in a domain: the range in which a model's metrics lie. */
export interface Baseline {
  readonly domain: string;
  readonly data: string;
  readonly tasks: number;
  /** Average reward of an agent that plays the solution. */
  readonly oracle: number;
  /** Average reward of an agent that does nothing. */
  readonly noop: number;
  /** Components of the reward that check nothing, of all that the tasks name. */
  readonly vacuous: { readonly components: number; readonly of: number };
}

/** Plays the tasks of a domain with the solution, and with an agent that does nothing. */
export async function computeBaseline(
  io: CliIo,
  name: string,
  given: { readonly data?: string; readonly taskSplitName?: string | null },
): Promise<Baseline> {
  const { domain, data } = await loadDomainWithData(io, name, given.data);
  const tasks = selectTasks(domain, data, { split: given.taskSplitName });
  const played = async (kind: "gold" | "noop") => {
    const cast = { agent: agentKinds[kind].factory({}), user: userKinds.scripted.factory({}) };
    const outcome = await runSimulations({ domain, data, tasks, trials: 1, seed: 300, ...cast, withoutJudge: "not_graded" });
    return outcome.simulations;
  };
  const oracle = await played("gold");
  return {
    domain: domain.name,
    data: data.source,
    tasks: tasks.length,
    oracle: averageReward(oracle, tasks),
    noop: averageReward(await played("noop"), tasks),
    vacuous: vacuousIn(oracle),
  };
}

function averageReward(simulations: readonly SimulationRun[], tasks: readonly Task[]): number {
  return simulations.reduce((sum, { reward_info }) => sum + (reward_info?.reward ?? 0), 0) / tasks.length;
}

function vacuousIn(simulations: readonly SimulationRun[]): Baseline["vacuous"] {
  const findings = simulations.flatMap((run) => Object.values(getReport(run)?.components ?? {})).filter(({ in_basis }) => in_basis);
  return { components: findings.filter(({ status }) => status === "vacuous").length, of: findings.length };
}
