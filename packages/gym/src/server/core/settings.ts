import { createHash, randomUUID } from "node:crypto";
import type { JsonObject } from "@tau2/domains";
import type { Mode } from "../wire/request-schemas.ts";
import { AgentEnv } from "../../env/agent-env.ts";
import { UserEnv } from "../../env/user-env.ts";
import { getCounterpart, type Counterparts } from "./counterparts.ts";
import { ServerError } from "./server-error.ts";
import { getDomain, type DomainRegistry, type LoadedDomain } from "./domain-registry.ts";

/** Settings of a session, without its task and seed. Part of an exported session. */
export interface SessionSettings {
  domain: string;
  mode: Mode;
  /** Name of the user or agent; null in mode `solo`. */
  counterpart: string | null;
  max_steps: number;
  max_errors: number;
  /** Timeout of the conversation in seconds; null disables it. */
  timeout_s: number | null;
  /** Timeout of a message of the counterpart in seconds. */
  turn_timeout_s: number;
  /** Treatment of a task that needs a judge on a server without one. */
  without_judge: "error" | "not_graded";
  /** Metadata of the client, which responses about the session repeat. */
  metadata: JsonObject;
  /** Seed of the ids that tools create, so that a replay creates the same ids. */
  id_seed: string;
}

/** Settings in a request. Missing fields have defaults. */
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

/** Completes the settings of a request. @throws ServerError `not_found`; `invalid` if the domain is missing or the counterpart has the learner's role */
export function parseSettings(
  request: SettingsRequest,
  registry: DomainRegistry,
  counterparts: Counterparts,
  defaults: SettingsDefaults,
): SessionSettings {
  const { mode = "agent", user, agent } = request;
  const learner = mode === "user" ? { name: "user", value: user } : { name: "agent", value: agent };
  if (learner.value !== undefined) {
    throw new ServerError("invalid", `in mode '${mode}' the learner plays the ${learner.name}: leave '${learner.name}' out`);
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

/** Creates an environment with these settings, not reset yet. @throws ServerError, Tau2Error if the settings cannot be played */
export function createSessionEnv(
  settings: SessionSettings,
  { domain, data }: LoadedDomain,
  counterparts: Counterparts,
): AgentEnv | UserEnv {
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
  const { defaults } = counterparts;
  if (mode === "user") return new UserEnv({ ...options, agent: getCounterpart(counterparts, "agent", counterpart ?? defaults.agent) });
  return new AgentEnv({ ...options, user: getCounterpart(counterparts, "user", counterpart ?? defaults.user) });
}
