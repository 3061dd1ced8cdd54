import type { SimulationRun } from "@tau2/orchestrator/results";

/** Returns true for a simulation that earned less than 1, or was not graded. */
export function isFailed({ reward_info }: Pick<SimulationRun, "reward_info">): boolean {
  return reward_info?.reward !== 1;
}
