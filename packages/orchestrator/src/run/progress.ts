import { isParticipantMessage } from "@tau2/domains/internal";
import type { Task } from "@tau2/domains";
import type { Conversation } from "../conversation/conversation.ts";
import { getJudgeCost } from "../results/notes.ts";
import type { SimulationRun } from "../results/results.ts";
import type { Fault } from "./fault.ts";
import type { SimulationSpec } from "./plan-run.ts";

/** Event of a run, for a progress view. */
export type RunEvent =
  /** Before the first simulation. */
  | { type: "planned"; specs: readonly SimulationSpec[]; totals: RunTotals }
  /** A simulation starts. */
  | { type: "started"; spec: SimulationSpec; totals: RunTotals }
  /** A conversation advanced by one step. */
  | { type: "step"; spec: SimulationSpec; conversation: Conversation }
  /** An attempt (counted from 1) at the conversation or its grade failed, and will be repeated after a pause. */
  | { type: "retried"; spec: SimulationSpec; stage: "conversation" | "grade"; attempt: number; maxRetries: number; fault: Fault }
  /** A simulation was completed and graded. */
  | { type: "finished"; spec: SimulationSpec; simulation: SimulationRun; totals: RunTotals }
  /** A simulation was given up. `simulation` is a placeholder, or a conversation without a grade. */
  | { type: "failed"; spec: SimulationSpec; simulation: SimulationRun; fault: Fault; totals: RunTotals };

/** Totals of a run so far. */
export interface RunTotals {
  planned: number;
  running: number;
  /** Simulations that were completed and graded. */
  finished: number;
  /** Simulations that were not completed, or not graded. */
  failed: number;
  /** Sum of the rewards of finished simulations. */
  reward: number;
  /** US dollars, as far as prices are known. Failed attempts are not included. */
  cost: { agent: number; user: number; judge: number };
  /** False if some cost is unknown, so that the real cost is higher. */
  costComplete: boolean;
}

/** Creates the totals of a run that has not started. */
export function createTotals(planned: number): RunTotals {
  return { planned, running: 0, finished: 0, failed: 0, reward: 0, cost: { agent: 0, user: 0, judge: 0 }, costComplete: true };
}

/** Adds a simulation to the totals. `graded` is false if it was not completed, or not graded. */
export function addSimulation(totals: RunTotals, simulation: SimulationRun, graded: boolean, { initial_state }: Task): RunTotals {
  // Messages of the task's history were not paid for by this run.
  const said = (simulation.messages ?? []).slice(initial_state?.message_history?.length ?? 0).filter(isParticipantMessage);
  const sumCosts = (role: "assistant" | "user") =>
    said.reduce((sum, message) => sum + (message.role === role ? (message.cost ?? 0) : 0), 0);
  const judge = getJudgeCost(simulation);
  return {
    ...totals,
    finished: totals.finished + (graded ? 1 : 0),
    failed: totals.failed + (graded ? 0 : 1),
    reward: totals.reward + (simulation.reward_info?.reward ?? 0),
    cost: {
      agent: totals.cost.agent + sumCosts("assistant"),
      user: totals.cost.user + sumCosts("user"),
      judge: totals.cost.judge + (judge ?? 0),
    },
    costComplete: totals.costComplete && judge !== null && said.every(({ cost }) => typeof cost === "number"),
  };
}
