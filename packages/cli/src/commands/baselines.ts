import { selectTasks, type Task } from "@tau2/domains";
import { agentKinds, runSimulations, userKinds } from "@tau2/orchestrator";
import { getReport } from "@tau2/orchestrator/internal";
import type { SimulationRun } from "@tau2/orchestrator/results";
import type { FlagsOf } from "../config/flags.ts";
import { domainNames } from "../load-domain.ts";
import type { CliIo } from "../io.ts";
import { formatTable, type Column } from "../ui/table.ts";
import { loadDomainWithData } from "../data/data-directory.ts";
import { createOutput } from "./output.ts";
import type { baselinesOptions } from "./results-options.ts";

type Flags = FlagsOf<typeof baselinesOptions> & { readonly json?: boolean };

/** Rewards of agents without a model in a domain: the range in which a model's metrics lie. */
interface Baseline {
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

/** `tau2 baselines` */
export async function baselines(io: CliIo, flags: Flags): Promise<void> {
  const names = flags.domain === undefined ? domainNames : [flags.domain];
  const found: Baseline[] = [];
  for (const name of names) found.push(await computeBaseline(io, name, flags));
  const result = createOutput(io);
  if (flags.json) result.json(found);
  else {
    result.lines([
      ...formatTable(columns, found, result),
      "",
      "oracle: an agent that plays the solution; no-op: one that does nothing; both with a scripted user",
      "vacuous: named for the reward, with nothing to check. Natural-language assertions are left out, for want of a judge",
    ]);
  }
}

async function computeBaseline(io: CliIo, name: string, flags: Flags): Promise<Baseline> {
  const { domain, data } = await loadDomainWithData(io, name, flags.data);
  const tasks = selectTasks(domain, data, { split: flags.taskSplitName });
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

const columns: Column<Baseline>[] = [
  { title: "domain", value: ({ domain }) => domain },
  { title: "data", value: ({ data }) => data, drop: 1 },
  { title: "tasks", value: ({ tasks }) => String(tasks), align: "right" },
  { title: "oracle", value: ({ oracle }) => oracle.toFixed(3), align: "right" },
  { title: "no-op", value: ({ noop }) => noop.toFixed(3), align: "right" },
  { title: "vacuous components", value: ({ vacuous: { components, of } }) => `${components} of ${of}`, align: "right", drop: 2 },
];
