import { isTau2Error } from "@tau2/domains";
import { isModelError, type ModelFault } from "@tau2/user-sim";
import type { Conversation } from "../conversation/conversation.ts";

/**
 * Class of a fault that prevents a simulation from being completed or graded.
 * - `agent`, `user`, `judge`: the code of that role threw, or its model's reply was not usable.
 * - `infrastructure`: an endpoint failed, an initial state could not be created, or this code has a bug.
 * - `context`: the conversation is too long for a model.
 * - `timeout`: a model or a participant did not answer in time.
 * - `cancelled`: the caller aborted.
 */
export type FaultClass = "agent" | "user" | "judge" | "infrastructure" | "context" | "timeout" | "cancelled";

/** Role in which a fault happened. */
export type FaultRole = "agent" | "user" | "judge" | "environment";

/** A classified error. */
export interface Fault {
  readonly class: FaultClass;
  readonly role: FaultRole;
  /** True if another attempt may succeed: after overload, lost connections, timeouts, and unusable model output. */
  readonly transient: boolean;
  /** The thrown value. */
  readonly error: unknown;
}

/** Classifies a thrown error. The only place that decides on fault classes and on retries of a simulation. */
export function classifyFault(error: unknown, role: FaultRole): Fault {
  const fault = isModelError(error) ? error.fault : null;
  return { class: toFaultClass(fault, role), role, transient: isTransient(error, fault, role), error };
}

/** Returns the role that caused an error in a conversation: the next speaker, or the author of a message that the environment refused. */
export function findCulprit({ lastSpeaker, nextSpeaker }: Conversation, error: unknown): FaultRole {
  if (nextSpeaker !== "environment") return nextSpeaker;
  return isTau2Error(error, "protocol") ? lastSpeaker : "environment";
}

function toFaultClass(fault: ModelFault | null, role: FaultRole): FaultClass {
  switch (fault) {
    case "transient":
    case "configuration":
      return "infrastructure";
    case "context":
    case "timeout":
    case "cancelled":
      return fault;
    case "too_large":
    case "reply":
    case null:
      return role === "environment" ? "infrastructure" : role;
  }
}

function isTransient(error: unknown, fault: ModelFault | null, role: FaultRole): boolean {
  if (fault) return fault === "transient" || fault === "timeout" || fault === "reply";
  // An empty message, or text of a solo agent. tau2-bench retries these too (docs/spec/core.md#9-3).
  return role !== "environment" && isTau2Error(error, "protocol");
}
