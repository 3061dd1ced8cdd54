import { reportOf } from "../results/notes.ts";
import type { RunInfo } from "../results/results.ts";
import type { MeasuredRun } from "./metrics.ts";

/** What a run's figures stand on: what was to be done, what was, and what no figure shows. */
export interface Coverage {
  /** Tasks times trials. */
  planned: number;
  /** Simulations with a reward that counts. */
  graded: number;
  /** Simulations without a reward, by why. */
  ungraded: { infrastructure_error: number; other: number };
  /** Planned simulations of which there is no record. */
  missing: number;
  /** US dollars; null when any cost is unknown. The judge's is not in the reference's figures. */
  cost: { agent: number | null; user: number | null; judge: number | null };
}

/** How complete a run is, and what it cost altogether. */
export function coverageOf(
  simulations: readonly MeasuredRun[],
  info: Pick<RunInfo, "num_trials">,
  tasks: readonly { id: string }[],
): Coverage {
  const planned = tasks.length * info.num_trials;
  const ungraded = simulations.filter(({ reward_info }) => reward_info === null);
  const broken = ungraded.filter(({ termination_reason }) => termination_reason === "infrastructure_error").length;
  return {
    planned,
    graded: simulations.length - ungraded.length,
    ungraded: { infrastructure_error: broken, other: ungraded.length - broken },
    missing: Math.max(0, planned - simulations.length),
    cost: {
      agent: total(simulations.map(({ agent_cost }) => agent_cost)),
      user: total(simulations.map(({ user_cost = null }) => user_cost)),
      judge: total(simulations.map(judgeCost)),
    },
  };
}

function total(costs: readonly (number | null)[]): number | null {
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

/** 0 where no judge was asked. */
function judgeCost({ info = null }: MeasuredRun): number | null {
  const judge = reportOf({ info })?.judge;
  return judge ? judge.cost : 0;
}
