import type { AgentDb, Domain, DomainData, UserDb } from "./domain.ts";
import { Tau2Error } from "./errors.ts";
import { hashText } from "./wire.ts";
import type { Json } from "./json.ts";
import type { Requestor } from "./message.ts";
import type { Tool } from "./tool.ts";

/** The two databases at one moment, as a value. Keep it, go back to it, branch from it: it never changes. */
export interface EnvironmentState<A = unknown, U = unknown> {
  readonly agent: A;
  readonly user: U;
  /** Ids given out so far by `newId`. */
  readonly issued: number;
  /** What tools remember beside the databases; neither hashed nor compared. */
  readonly notes: Readonly<Record<string, Json>>;
}

/** Immutable parts of an environment: everything but its state. */
export interface EnvironmentConfig<D extends Domain = Domain> {
  readonly domain: D;
  readonly data: DomainData<AgentDb<D>, UserDb<D>>;
  /** The agent works alone, with the user's tools beside its own. */
  readonly solo: boolean;
  /** Makes the n-th (from 1) id that tools ask for: eight hexadecimal digits. */
  newId(n: number): string;
}

/** Options of {@link createEnvironmentConfig}. */
export interface EnvironmentOptions {
  solo?: boolean;
  /** Makes the n-th id that tools ask for; by default the same eight hexadecimal digits in every environment, so that a record replays. */
  newId?: (n: number) => string;
}

/** Puts a domain and its data together. @throws Tau2Error `unsupported` for solo mode in a domain that has none. */
export function createEnvironmentConfig<D extends Domain>(
  domain: D,
  data: DomainData<AgentDb<D>, UserDb<D>>,
  options: EnvironmentOptions = {},
): EnvironmentConfig<D> {
  const solo = options.solo ?? false;
  if (solo && !domain.solo) {
    const title = domain.name.charAt(0).toUpperCase() + domain.name.slice(1);
    throw new Tau2Error("unsupported", `${title} domain does not support solo mode`);
  }
  return { domain, data, solo, newId: options.newId ?? nthId };
}

function nthId(n: number): string {
  return hashText(`id ${n}`).slice(0, 8);
}

/** The policy that the agent of a setup works under. */
export function getPolicy({ data, solo }: EnvironmentConfig): string {
  return solo ? (data.soloPolicy ?? data.policy) : data.policy;
}

/** The tools that a requestor is offered. In solo mode the agent has the user's too. */
export function getTools({ domain, solo }: EnvironmentConfig, requestor: Requestor): readonly Tool[] {
  const own = requestor === "user" ? (solo ? [] : (domain.user?.tools ?? [])) : domain.agent.tools;
  const extra = requestor === "assistant" && solo ? (domain.user?.tools ?? []) : [];
  return [...own, ...extra];
}
