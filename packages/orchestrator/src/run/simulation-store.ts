import type { SimulationRun } from "../results/simulation-run.ts";
import type { SimulationSpec } from "./plan-run.ts";

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
