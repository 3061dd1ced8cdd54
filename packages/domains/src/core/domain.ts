import type { z } from "zod";
import { Tau2Error } from "./errors.ts";
import { createTaskSource, type TaskSource } from "./lazy-tasks.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { parseData } from "./parse-data.ts";
import type { Task, TaskInput } from "./task.ts";
import { taskSchema } from "./task.ts";
import type { Tool } from "./tool.ts";

/** One side of a domain: a database and the tools that work on it. */
export interface Toolkit<Db> {
  /** Checks the database's data and drives its hash. Its input is what data files hold. */
  readonly database: z.ZodType<Db>;
  /** What models may call, in the order in which they are listed. */
  readonly tools: readonly Tool<NoInfer<Db>>[];
  /** What only initial states and assertions may call. They may call the tools as well. */
  readonly functions?: readonly Tool<NoInfer<Db>>[];
}

/** A policy in one file, or in several that stand one after the other, each between tags. */
export type PolicyFiles = string | readonly { readonly tag: string; readonly file: string }[];

/** Names of a domain's files, beside each other in one folder. */
export interface DomainFiles {
  /** Folder under `data/`; the domain's name unless given. */
  readonly directory?: string;
  readonly db: string;
  readonly userDb?: string;
  readonly policy: PolicyFiles;
  readonly soloPolicy?: PolicyFiles;
  readonly tasks: string;
}

/** Tasks and the splits they are divided into. */
export interface TaskSet {
  readonly tasks: readonly Task[];
  readonly splits: Readonly<Record<string, readonly string[]>> | null;
}

/** Everything of a domain that is data rather than rules. */
export interface DomainData<A = unknown, U = unknown> extends TaskSource {
  /**
   * Where it comes from: `starter`; `inline` for values; a known version such as `official 1.0.1`; `directory` for any other files.
   * The files of a directory are hashed for it on the first use.
   */
  readonly source: string;
  readonly db: A;
  readonly userDb: U | null;
  readonly policy: string;
  readonly soloPolicy: string | null;
  /** Split name to task ids; null when the domain has no splits. */
  splits(): Readonly<Record<string, readonly string[]>> | null;
}

/** Data given as values: what a domain of one's own brings, or what a browser has fetched. Checked by {@link parseInlineData}. */
export interface InlineData {
  db: unknown;
  userDb?: unknown;
  policy: string;
  soloPolicy?: string;
  tasks?: readonly TaskInput[];
  splits?: Readonly<Record<string, readonly string[]>>;
}

/** A customer-service domain: its rules, and where its data is. Made by {@link defineDomain}. */
export interface Domain<A = unknown, U = unknown> {
  readonly name: string;
  readonly agent: Toolkit<A>;
  /** The user's own tools, such as a phone; null when the user can only talk. */
  readonly user: Toolkit<U> | null;
  /**
   * Carries effects from one side to the other. Runs on a draft of both after every successful call; but not while a grade makes the databases
   * that it expects (spec core 7.3), so what it changes is for `env_assertions` to tell, not for `DB`.
   */
  sync?(databases: { agent: A; user: U }): void;
  /** Whether the agent can work without a user. */
  readonly solo: boolean;
  /** The split that is used when none is named; null for all tasks. */
  readonly defaultSplit: string | null;
  /** Data files by name, found by the loader in a data directory. */
  readonly files: DomainFiles | null;
  /** Makes the tasks of the starter data, in place of a file of them. */
  starterTasks?(): TaskSet;
  /** Data of the domain's own, for domains that have no files. */
  data?(): InlineData;
}

/** What {@link defineDomain} takes. */
export interface DomainSpec<A, U> {
  name: string;
  agent: Toolkit<A>;
  user?: Toolkit<U>;
  sync?(databases: { agent: A; user: U }): void;
  solo?: boolean;
  defaultSplit?: string | null;
  files?: DomainFiles;
  starterTasks?(): TaskSet;
  data?(): InlineData;
}

/**
 * Declares a domain. It needs no registration: pass the value to whatever runs it.
 * @throws Tau2Error `invalid` when names clash or there is no data.
 */
export function defineDomain<A, U = never>(spec: DomainSpec<A, U>): Domain<A, U> {
  const { user = null, solo = false, defaultSplit = null, files = null, ...rest } = spec;
  if (!files && !rest.data) throw new Tau2Error("invalid", `domain '${spec.name}' has neither files nor data`);
  for (const toolkit of [spec.agent, ...(user ? [user] : [])]) checkToolkit(spec.name, toolkit as Toolkit<never>);
  const shared = user ? spec.agent.tools.map((tool) => tool.name).filter((name) => user.tools.some((tool) => tool.name === name)) : [];
  if (solo && shared.length > 0) throw new Tau2Error("invalid", `Tool names overlap: ${shared.join(", ")}`);
  return { ...rest, user, solo, defaultSplit, files };
}

function checkToolkit(domain: string, toolkit: Toolkit<never>): void {
  const seen = new Set<string>();
  for (const tool of [...toolkit.tools, ...(toolkit.functions ?? [])]) {
    if (seen.has(tool.name)) throw new Tau2Error("invalid", `domain '${domain}' has two tools named '${tool.name}'`);
    seen.add(tool.name);
  }
}

/** Checks data given as values against the domain's schemas. @throws Tau2Error `invalid` naming the place. */
export function parseInlineData<A, U>(domain: Domain<A, U>, data: InlineData, source = "inline"): DomainData<A, U> {
  const entry = (task: TaskInput) => ({ id: task.id, read: () => parseData(taskSchema, task, `${domain.name} task '${task.id}'`) });
  return {
    source,
    db: deepFreeze(parseData(domain.agent.database, data.db, `${domain.name} database`)),
    userDb: domain.user ? deepFreeze(parseData(domain.user.database, data.userDb, `${domain.name} user database`)) : null,
    policy: data.policy,
    soloPolicy: data.soloPolicy ?? null,
    ...createTaskSource(() => (data.tasks ?? []).map(entry), domain.name),
    splits: () => data.splits ?? null,
  };
}
