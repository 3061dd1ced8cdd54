import { isParticipantMessage, type Task } from "@tau2/domains";
import { judgeCostOf } from "../results/notes.ts";
import type { SimulationRun } from "../results/simulation-run.ts";

/** Where a run stands. */
export interface RunTotals {
  planned: number;
  running: number;
  /** Held and graded. */
  finished: number;
  /** Not held (a placeholder stands for it), or held and not graded. */
  failed: number;
  /** Sum of the rewards of the finished ones. */
  reward: number;
  /** US dollars that the simulations done so far cost, as far as prices are known. Attempts that came to nothing are not in it. */
  cost: { agent: number; user: number; judge: number };
  /** False when some cost is unknown, so that more was spent than the sums say. */
  costComplete: boolean;
}

/** A run before anything has started. */
export function noTotals(planned: number): RunTotals {
  return { planned, running: 0, finished: 0, failed: 0, reward: 0, cost: { agent: 0, user: 0, judge: 0 }, costComplete: true };
}

/** The totals after another simulation was done. `graded` false: it was not held, or has no grade. */
export function withSimulation(totals: RunTotals, simulation: SimulationRun, graded: boolean, { initial_state }: Task): RunTotals {
  // What stands in a task's history was not paid for by this run.
  const said = (simulation.messages ?? []).slice(initial_state?.message_history?.length ?? 0).filter(isParticipantMessage);
  const spent = (role: "assistant" | "user") => said.reduce((sum, message) => sum + (message.role === role ? (message.cost ?? 0) : 0), 0);
  const judge = judgeCostOf(simulation);
  return {
    ...totals,
    finished: totals.finished + (graded ? 1 : 0),
    failed: totals.failed + (graded ? 0 : 1),
    reward: totals.reward + (simulation.reward_info?.reward ?? 0),
    cost: {
      agent: totals.cost.agent + spent("assistant"),
      user: totals.cost.user + spent("user"),
      judge: totals.cost.judge + (judge ?? 0),
    },
    costComplete: totals.costComplete && judge !== null && said.every(({ cost }) => typeof cost === "number"),
  };
}
