import type { AgentOption, UserOption, JudgeOption } from "../../env/options.ts";
import { limitConcurrency } from "../../vector/limit-concurrency.ts";
import { ServerError } from "./server-error.ts";

/** Counterparts that clients may choose, by name. */
export interface Counterparts {
  /** Users, for learners who play the agent. Null is the scripted user. */
  readonly users: ReadonlyMap<string, UserOption | null>;
  /** Agents, for learners who play the user. Null is the agent that plays the task's solution. */
  readonly agents: ReadonlyMap<string, AgentOption | null>;
  /** Default names. */
  readonly defaults: { readonly user: string; readonly agent: string };
  readonly judge: JudgeOption | null;
}

/** Counterparts of the learners in the episodes of a server. */
export interface CounterpartOptions {
  /** Users by name, beside `scripted`, which is always there. */
  users?: Readonly<Record<string, UserOption>> | undefined;
  /** The user of sessions that name none. By default `scripted`. */
  defaultUser?: string | undefined;
  /** Agents by name, for learners who play the user, beside `gold`, which is always there. */
  agents?: Readonly<Record<string, AgentOption>> | undefined;
  /** By default `gold`. */
  defaultAgent?: string | undefined;
  /** For tasks whose reward rests on natural-language assertions. */
  judge?: JudgeOption | undefined;
  /** Number of sessions that may call each of these users and agents at the same time; the others wait. Default 256; null for no limit. */
  maxConcurrency?: number | null | undefined;
}

/** @throws ServerError `not_found` for an unknown default; Tau2Error `invalid` for a wrong limit */
export function createCounterparts({ users, agents, judge, maxConcurrency = 256, ...defaults }: CounterpartOptions): Counterparts {
  const limited = <C extends UserOption | AgentOption>(who: C): C =>
    maxConcurrency === null ? who : limitConcurrency(who, maxConcurrency);
  const counterparts: Counterparts = {
    users: new Map<string, UserOption | null>([
      ["scripted", null],
      ...Object.entries(users ?? {}).map(([name, who]) => [name, limited(who)] as const),
    ]),
    agents: new Map<string, AgentOption | null>([
      ["gold", null],
      ...Object.entries(agents ?? {}).map(([name, who]) => [name, limited(who)] as const),
    ]),
    defaults: { user: defaults.defaultUser ?? "scripted", agent: defaults.defaultAgent ?? "gold" },
    judge: judge ?? null,
  };
  getCounterpart(counterparts, "user", counterparts.defaults.user);
  getCounterpart(counterparts, "agent", counterparts.defaults.agent);
  return counterparts;
}

/** Returns a counterpart; undefined for the one without a model. @throws ServerError `not_found` with the known names */
export function getCounterpart(counterparts: Counterparts, role: "user", name: string): UserOption | undefined;
export function getCounterpart(counterparts: Counterparts, role: "agent", name: string): AgentOption | undefined;
export function getCounterpart(counterparts: Counterparts, role: "user" | "agent", name: string): UserOption | AgentOption | undefined {
  const known: ReadonlyMap<string, UserOption | AgentOption | null> = role === "user" ? counterparts.users : counterparts.agents;
  const found = known.get(name);
  if (found === undefined) {
    throw new ServerError("not_found", `no ${role} '${name}' on this server; there are ${[...known.keys()].join(", ")}`);
  }
  return found ?? undefined;
}
