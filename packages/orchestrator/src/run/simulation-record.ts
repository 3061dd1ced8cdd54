import { getErrorMessage } from "@tau2/domains/internal";
import type { Task } from "@tau2/domains";
import { formatTimestamp, type Trajectory } from "../conversation/conversation.ts";
import type { SimulationRun } from "../results/results.ts";
import type { Fault } from "./fault.ts";

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
export function toSimulationRun(
  { task, trial, seed }: SimulationKey,
  trajectory: Trajectory,
  timing: Timing,
  policy: string,
): SimulationRun {
  return {
    ...createRecord({ task_id: task.id, trial, seed }, timing),
    termination_reason: trajectory.terminationReason,
    agent_cost: trajectory.agentCost,
    user_cost: trajectory.userCost,
    messages: trajectory.messages,
    policy,
  };
}

/** Fault of a simulation without a conversation, in the form of results files. Fields other than class and role are tau2-bench's. */
export interface PlaceholderFault extends Pick<Fault, "class" | "role"> {
  readonly error: string;
  readonly error_type?: string;
  readonly error_traceback?: string;
  readonly failed_after_attempts?: number;
}

/**
 * Creates the record of a simulation without a conversation. It says why in `info` (docs/spec/core.md#9-3).
 * @param seconds time until the fault; the record ends now
 */
export function createPlaceholder(key: RecordKey, { class: class_, role, ...error }: PlaceholderFault, seconds = 0): SimulationRun {
  const end = new Date();
  const timing = { start: new Date(end.getTime() - seconds * 1000), end, seconds };
  return { ...createRecord(key, timing), info: { ...error, tau2: { fault: { class: class_, role } } } };
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

type RecordKey = Pick<SimulationRun, "task_id" | "trial" | "seed">;

function createRecord({ task_id, trial, seed }: RecordKey, { start, end, seconds }: Timing): SimulationRun {
  return {
    id: crypto.randomUUID(),
    task_id,
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
