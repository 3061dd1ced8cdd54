import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "@tau2/domains";
import type { Mode } from "../wire/request-schemas.ts";
import { AgentEnv } from "../../env/agent-env.ts";
import { UserEnv } from "../../env/user-env.ts";
import { getCounterpart, type Counterparts } from "./counterparts.ts";
import { ServerError } from "./server-error.ts";
import { getDomain, type DomainRegistry, type LoadedDomain } from "./domain-registry.ts";

/** Settings of a session, apart from its task and seed. Part of an exported session. */
export interface SessionSettings {
  domain: string;
  mode: Mode;
  /** Name of the counterpart, user or agent; null in solo mode. */
  counterpart: string | null;
  max_steps: number;
  max_errors: number;
  /** Seconds for the whole conversation; null for no limit. */
  timeout_s: number | null;
  /** Seconds for a message of the counterpart. */
  turn_timeout_s: number;
  /** Treatment of a task that needs a judge on a server without one. */
  without_judge: "error" | "not_graded";
  /** The client's own, given back with every view of the session. */
  metadata: JsonObject;
  /** The ids that tools make follow from it, so that they come out again in a replay. */
  id_seed: string;
}

/** The same as a client asks for it; what is left out has a default. */
export interface SettingsRequest {
  domain?: string | undefined;
  mode?: Mode | undefined;
  user?: string | undefined;
  agent?: string | undefined;
  max_steps?: number | undefined;
  max_errors?: number | undefined;
  timeout_s?: number | null | undefined;
  turn_timeout_s?: number | undefined;
  without_judge?: "error" | "not_graded" | undefined;
  metadata?: JsonObject | undefined;
}

/** Defaults for missing fields. */
export interface SettingsDefaults {
  maxSteps: number;
  maxErrors: number;
  turnTimeoutMs: number;
}

/** @throws ServerError `not_found` for an unknown domain, `invalid` when none is named and there are several, or the counterpart has the learner's own role */
export function parseSettings(
  request: SettingsRequest,
  registry: DomainRegistry,
  counterparts: Counterparts,
  defaults: SettingsDefaults,
): SessionSettings {
  const { mode = "agent", user, agent } = request;
  const idle = mode === "user" ? { name: "user", value: user } : { name: "agent", value: agent };
  if (idle.value !== undefined) {
    throw new ServerError("invalid", `in mode '${mode}' the learner plays the ${idle.name}: leave '${idle.name}' out`);
  }
  if (mode === "solo" && user !== undefined) throw new ServerError("invalid", "mode 'solo' does not have a user: leave 'user' out");
  return {
    domain: getDomain(registry, request.domain).domain.name,
    mode,
    counterpart: mode === "solo" ? null : mode === "user" ? (agent ?? counterparts.defaults.agent) : (user ?? counterparts.defaults.user),
    max_steps: request.max_steps ?? defaults.maxSteps,
    max_errors: request.max_errors ?? defaults.maxErrors,
    timeout_s: request.timeout_s ?? null,
    turn_timeout_s: request.turn_timeout_s ?? defaults.turnTimeoutMs / 1000,
    without_judge: request.without_judge ?? "error",
    metadata: request.metadata ?? {},
    id_seed: randomUUID(),
  };
}

/** An environment that plays by these settings, not reset yet. @throws ServerError, Tau2Error when it cannot be played */
export function getEnvironment(settings: SessionSettings, { domain, data }: LoadedDomain, counterparts: Counterparts): AgentEnv | UserEnv {
  const options = {
    domain,
    data,
    maxSteps: settings.max_steps,
    maxErrors: settings.max_errors,
    timeoutSeconds: settings.timeout_s,
    turnTimeoutMs: settings.turn_timeout_s * 1000,
    judge: counterparts.judge ?? undefined,
    withoutJudge: settings.without_judge,
    newId: (n: number) => createHash("sha256").update(`${settings.id_seed}:${n}`).digest("hex").slice(0, 8),
  };
  const { mode, counterpart } = settings;
  if (mode === "solo") return new AgentEnv({ ...options, solo: true });
  if (mode === "user") {
    return new UserEnv({ ...options, agent: getCounterpart(counterparts, "agent", counterpart ?? counterparts.defaults.agent) });
  }
  return new AgentEnv({ ...options, user: getCounterpart(counterparts, "user", counterpart ?? counterparts.defaults.user) });
}
