import { getErrorMessage, type Task } from "@tau2/domains";
import { formatTimestamp } from "../conversation/conversation.ts";
import type { Trajectory } from "../conversation/step.ts";
import type { SimulationRun } from "../results/simulation-run.ts";
import type { Fault } from "./fault.ts";
import type { SimulationSpec } from "./plan-run.ts";

/** When a conversation was held. */
export interface Timing {
  readonly start: Date;
  readonly end: Date;
  /** By a clock that nobody sets. */
  readonly seconds: number;
}

/** What was played; a unit of a run, or an episode, which counts no trials and may have no seed. */
export interface SimulationKey extends Pick<SimulationRun, "trial" | "seed"> {
  readonly task: Task;
}

/** A finished conversation as results hold it, not graded yet. */
export function toSimulationRun(unit: SimulationKey, trajectory: Trajectory, span: Timing, policy: string): SimulationRun {
  return {
    ...record(unit, span),
    termination_reason: trajectory.terminationReason,
    agent_cost: trajectory.agentCost,
    user_cost: trajectory.userCost,
    messages: trajectory.messages,
    policy,
  };
}

/** What stands in for a simulation that no attempt could finish (docs/spec/core.md#9-3). */
export function createPlaceholder(unit: SimulationSpec, fault: Fault, attempts: number): SimulationRun {
  const now = new Date();
  const { class: class_, role, ...reference } = faultInfo(fault);
  const info = { ...reference, failed_after_attempts: attempts, tau2: { fault: { class: class_, role } } };
  return { ...record(unit, { start: now, end: now, seconds: 0 }), info };
}

/** A fault as results hold it: under the reference's keys what was thrown, then its class and role. */
export function faultInfo({ class: class_, role, error }: Fault) {
  return {
    error: getErrorMessage(error),
    error_type: error instanceof Error ? error.name : typeof error,
    error_traceback: error instanceof Error ? (error.stack ?? "") : "",
    class: class_,
    role,
  };
}

function record({ task, trial, seed }: SimulationKey, { start, end, seconds }: Timing): SimulationRun {
  return {
    id: crypto.randomUUID(),
    task_id: task.id,
    timestamp: formatTimestamp(end),
    start_time: formatTimestamp(start),
    end_time: formatTimestamp(end),
    duration: seconds,
    termination_reason: "infrastructure_error",
    agent_cost: null,
    user_cost: null,
    reward_info: null,
    messages: [],
    trial,
    seed,
    review: null,
    user_only_review: null,
    info: null,
    auth_classification: null,
    hallucination_retries_used: 0,
    policy: null,
  };
}
