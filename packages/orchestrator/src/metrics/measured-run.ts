import type { SimulationRun } from "../results/simulation-run.ts";

/** What metrics look at of a simulation. */
export type MeasuredRun = Pick<SimulationRun, "task_id" | "reward_info" | "termination_reason" | "agent_cost"> &
  Partial<Pick<SimulationRun, "user_cost" | "auth_classification" | "review" | "info" | "messages">>;
