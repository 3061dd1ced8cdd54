import type { AgentOption, UserOption, JudgeOption } from "../../env/options.ts";
import { limitConcurrency } from "../../vector/limit-concurrency.ts";
import { ServerError } from "./server-error.ts";

/** Counterparts that clients may choose, by name. */
export interface Counterparts {
  /** Users by name, for learners that play the agent. Null is the scripted user. */
  readonly users: ReadonlyMap<string, UserOption | null>;
  /** Agents by name, for learners that play the user. Null is the agent that plays the task's solution. */
  readonly agents: ReadonlyMap<string, AgentOption | null>;
  /** Default names. */
  readonly defaults: { readonly user: string; readonly agent: string };
  readonly judge: JudgeOption | null;
}

/** Counterparts of the learners in the episodes of a server. */
export interface CounterpartOptions {
  /** Users by name, in addition to `scripted`. */
  users?: Readonly<Record<string, UserOption>> | undefined;
  /** Default user of sessions. By default `scripted`. */
  defaultUser?: string | undefined;
  /** Agents by name, for learners that play the user, in addition to `gold`. */
  agents?: Readonly<Record<string, AgentOption>> | undefined;
  /** Default agent of sessions. By default `gold`. */
  defaultAgent?: string | undefined;
  /** Judge for tasks whose reward depends on natural-language assertions. */
  judge?: JudgeOption | undefined;
  /** Number of sessions that may call the same user or agent at the same time; the others wait. Default 256; null disables the limit. */
  maxConcurrency?: number | null | undefined;
}

/** Creates the counterparts of a server. @throws ServerError `not_found` for an unknown default; Tau2Error `invalid` for a wrong limit */
export function createCounterparts({ users, agents, judge, maxConcurrency = 256, ...defaults }: CounterpartOptions): Counterparts {
  const limit = <C extends UserOption | AgentOption>(participant: C): C =>
    maxConcurrency === null ? participant : limitConcurrency(participant, maxConcurrency);
  const counterparts: Counterparts = {
    users: new Map<string, UserOption | null>([
      ["scripted", null],
      ...Object.entries(users ?? {}).map(([name, participant]) => [name, limit(participant)] as const),
    ]),
    agents: new Map<string, AgentOption | null>([
      ["gold", null],
      ...Object.entries(agents ?? {}).map(([name, participant]) => [name, limit(participant)] as const),
    ]),
    defaults: { user: defaults.defaultUser ?? "scripted", agent: defaults.defaultAgent ?? "gold" },
    judge: judge ?? null,
  };
  getCounterpart(counterparts, "user", counterparts.defaults.user);
  getCounterpart(counterparts, "agent", counterparts.defaults.agent);
  return counterparts;
}

/** Returns a counterpart; undefined for the default of environments, which does not call a model. @throws ServerError `not_found` */
export function getCounterpart(counterparts: Counterparts, role: "user", name: string): UserOption | undefined;
export function getCounterpart(counterparts: Counterparts, role: "agent", name: string): AgentOption | undefined;
export function getCounterpart(counterparts: Counterparts, role: "user" | "agent", name: string): UserOption | AgentOption | undefined {
  const known: ReadonlyMap<string, UserOption | AgentOption | null> = role === "user" ? counterparts.users : counterparts.agents;
  const found = known.get(name);
  if (found === undefined) {
    throw new ServerError("not_found", `no ${role} '${name}' on this server; available: ${[...known.keys()].join(", ")}`);
  }
  return found ?? undefined;
}
