import { isTau2Error } from "@tau2/domains";
import type { ModelFault } from "@tau2/user-sim";

/**
 * What kept a simulation from being finished or graded.
 * - `agent`, `user`, `judge`: that role's code threw, or what its model said was no message
 * - `infrastructure`: an endpoint that cannot be used, an initial state that cannot be made, a fault of this code
 * - `context`: the conversation grew too long for a model
 * - `timeout`: a model or a participant did not answer in time
 * - `cancelled`: the caller gave up
 */
export type FaultClass = "agent" | "user" | "judge" | "infrastructure" | "context" | "timeout" | "cancelled";

/** Who was at work when it happened. */
export type FaultRole = "agent" | "user" | "judge" | "environment";

/** A fault in its class, with what was thrown. */
export interface Fault {
  readonly class: FaultClass;
  readonly role: FaultRole;
  /** Trying again may help: overload, lost connections, late answers, and model output that another sample may not repeat. */
  readonly transient: boolean;
  readonly error: unknown;
}

/** The one place where something thrown is given its class. */
export function classifyFault(error: unknown, role: FaultRole): Fault {
  const model = modelFault(error);
  return { class: classOf(model, role), role, transient: isTransient(error, model, role), error };
}

function classOf(model: ModelFault | null, role: FaultRole): FaultClass {
  switch (model) {
    case "transient":
    case "configuration":
      return "infrastructure";
    case "context":
    case "timeout":
    case "cancelled":
      return model;
    case "reply":
    case null:
      return role === "environment" ? "infrastructure" : role;
  }
}

function isTransient(error: unknown, model: ModelFault | null, role: FaultRole): boolean {
  if (model) return model === "transient" || model === "timeout" || model === "reply";
  // An empty message, or a solo agent's talk: what the reference tries again as well (docs/spec/core.md#9-3).
  return role !== "environment" && isTau2Error(error) && error.code === "protocol";
}

function modelFault(error: unknown): ModelFault | null {
  return isTau2Error(error) && error.code === "model" && "fault" in error ? (error.fault as ModelFault) : null;
}
