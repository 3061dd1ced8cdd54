import type { Conversation } from "../conversation/conversation.ts";
import type { Fault } from "./fault.ts";
import type { SimulationSpec } from "./plan-run.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { RunTotals } from "./totals.ts";

/** What happens in a run, as it happens. */
export type RunEvent =
  /** Before anything starts. */
  | { type: "planned"; units: readonly SimulationSpec[]; totals: RunTotals }
  /** Work on a simulation begins. */
  | { type: "started"; unit: SimulationSpec; totals: RunTotals }
  /** A conversation went on by one step. */
  | { type: "step"; unit: SimulationSpec; conversation: Conversation }
  /** The n-th attempt (from 1) failed, at the conversation or at its grade, and after a pause there is another one. */
  | { type: "retried"; unit: SimulationSpec; stage: "conversation" | "grade"; attempt: number; maxRetries: number; fault: Fault }
  /** A simulation was held and graded. */
  | { type: "finished"; unit: SimulationSpec; simulation: SimulationRun; totals: RunTotals }
  /** A simulation was given up: `simulation` is a placeholder, or a conversation without a grade. */
  | { type: "failed"; unit: SimulationSpec; simulation: SimulationRun; fault: Fault; totals: RunTotals };
