import { getErrorMessage } from "@tau2/domains/internal";
import type { Task } from "@tau2/domains";
import { formatTimestamp } from "../conversation/clock.ts";
import type { Trajectory } from "../conversation/conversation.ts";
import type { SimulationRun } from "../results/results.ts";
import type { Fault } from "./fault.ts";
import type { SimulationSpec } from "./plan-run.ts";

/** Start, end and duration of a conversation. */
export interface Timing {
  readonly start: Date;
  readonly end: Date;
  /** Duration in seconds, measured with a monotonic clock. */
  readonly seconds: number;
}

/** Task, trial and seed of a simulation. Episodes outside of runs do not have a trial, and may not have a seed. */
export interface SimulationKey extends Pick<SimulationRun, "trial" | "seed"> {
  readonly task: Task;
}

/** Converts a trajectory into the record of results files, without a grade. */
export function toSimulationRun(key: SimulationKey, trajectory: Trajectory, timing: Timing, policy: string): SimulationRun {
  return {
    ...createRecord(key, timing),
    termination_reason: trajectory.terminationReason,
    agent_cost: trajectory.agentCost,
    user_cost: trajectory.userCost,
    messages: trajectory.messages,
    policy,
  };
}

/** Creates the record for a simulation that failed in every attempt (docs/spec/core.md#9-3). */
export function createPlaceholder(spec: SimulationSpec, fault: Fault, attempts: number): SimulationRun {
  const now = new Date();
  const { class: class_, role, ...error } = toFaultInfo(fault);
  const info = { ...error, failed_after_attempts: attempts, tau2: { fault: { class: class_, role } } };
  return { ...createRecord(spec, { start: now, end: now, seconds: 0 }), info };
}

/** Converts a fault into the form of results files: tau2-bench's keys for the error, then class and role. */
export function toFaultInfo({ class: class_, role, error }: Fault) {
  return {
    error: getErrorMessage(error),
    error_type: error instanceof Error ? error.name : typeof error,
    error_traceback: error instanceof Error ? (error.stack ?? "") : "",
    class: class_,
    role,
  };
}

function createRecord({ task, trial, seed }: SimulationKey, { start, end, seconds }: Timing): SimulationRun {
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
