import type { AgentOption, UserOption, JudgeOption } from "../../env/options.ts";
import { limitConcurrency } from "../../vector/limit-concurrency.ts";
import { ServerError } from "./server-error.ts";

/** Whom clients may talk with, by the names under which they ask for them. */
export interface Counterparts {
  /** Users, for learners who play the agent. Null stands for the scripted user. */
  readonly users: ReadonlyMap<string, UserOption | null>;
  /** Agents, for learners who play the user. Null stands for the one that plays the task's solution. */
  readonly agents: ReadonlyMap<string, AgentOption | null>;
  /** Who is meant when nobody is named. */
  readonly defaults: { readonly user: string; readonly agent: string };
  readonly judge: JudgeOption | null;
}

/** Who takes part in the episodes of a server, beside the learners. */
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
  /** How many sessions may ask each of these users and agents at the same time; the others wait their turn. By default 256; null for no limit. */
  maxConcurrency?: number | null | undefined;
}

/** @throws ServerError `not_found` when a default is nobody; Tau2Error `invalid` when the limit is none */
export function createCounterparts({ users, agents, judge, maxConcurrency = 256, ...defaults }: CounterpartOptions): Counterparts {
  const limited = <C extends UserOption | AgentOption>(who: C): C =>
    maxConcurrency === null ? who : limitConcurrency(who, maxConcurrency);
  const cast: Counterparts = {
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
  getCounterpart(cast, "user", cast.defaults.user);
  getCounterpart(cast, "agent", cast.defaults.agent);
  return cast;
}

/** Somebody of the cast; undefined for the one that needs no model. @throws ServerError `not_found` with who is there */
export function getCounterpart(cast: Counterparts, role: "user", name: string): UserOption | undefined;
export function getCounterpart(cast: Counterparts, role: "agent", name: string): AgentOption | undefined;
export function getCounterpart(cast: Counterparts, role: "user" | "agent", name: string): UserOption | AgentOption | undefined {
  const known: ReadonlyMap<string, UserOption | AgentOption | null> = role === "user" ? cast.users : cast.agents;
  const found = known.get(name);
  if (found === undefined) {
    throw new ServerError("not_found", `no ${role} '${name}' on this server; there are ${[...known.keys()].join(", ")}`);
  }
  return found ?? undefined;
}
