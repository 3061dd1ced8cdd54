import { Tau2Error } from "../errors.ts";
import { deepFreeze } from "../state/deep-freeze.ts";
import { type Task, type TaskInput, taskSchema } from "../task/task.ts";
import { parseData } from "../schema/schema.ts";
import type { Tool, ToolKind } from "../tool/tool.ts";
import { isRecord } from "../json/json.ts";
import type { Requestor } from "../task/message.ts";
import type { z } from "zod";

/** A task that nobody has looked at yet: its id, and how to get the rest. */
export interface TaskEntry {
  readonly id: unknown;
  /** Reads and checks it. Called once at most. */
  read(): Task;
}

/** What gives tasks. */
export interface TaskSource {
  /** Ids of all tasks, in the order of the file. No task is read for it. */
  taskIds(): readonly string[];
  /** A task by its id; undefined where there is none of that id. Read and checked on the first call for it. */
  task(id: string): Task | undefined;
  /** All tasks, in the order of the file. */
  tasks(): readonly Task[];
}

/**
 * Tasks that are read one by one, when they are asked for, and then kept.
 * @param list is asked for on the first use, and gives the order
 * @param where names the place in errors
 */
export function createTaskSource(list: () => readonly TaskEntry[], where: string): TaskSource {
  const unread = new Map<string, TaskEntry>();
  const known = new Map<string, Task>();
  let ids: readonly string[] | undefined;
  let all: readonly Task[] | undefined;
  const taskIds = () => (ids ??= readIds());
  const task = (id: string) => {
    taskIds();
    const entry = unread.get(id);
    if (entry) {
      known.set(id, deepFreeze(entry.read()));
      unread.delete(id);
    }
    return known.get(id);
  };
  return { taskIds, task, tasks: () => (all ??= taskIds().map((id) => task(id)!)) };

  function readIds(): readonly string[] {
    const entries = new Map<string, TaskEntry>();
    for (const [at, entry] of list().entries()) {
      if (typeof entry.id !== "string") throw new Tau2Error("invalid", `${where}, task ${at + 1}: it has no id, which must be a text`);
      if (entries.has(entry.id)) throw new Tau2Error("invalid", `${where}, task ${at + 1}: the id '${entry.id}' is there twice`);
      entries.set(entry.id, entry);
    }
    for (const [id, entry] of entries) unread.set(id, entry);
    return [...entries.keys()];
  }
}

/** One side of a domain: a database and the tools that work on it. */
export interface Toolkit<Db, Tools extends readonly Tool<NoInfer<Db>>[] = readonly Tool<NoInfer<Db>>[]> {
  /** Checks the database's data and drives its hash. Its input is what data files hold. */
  readonly database: z.ZodType<Db>;
  /** What models may call, in the order in which they are listed. */
  readonly tools: Tools;
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

/**
 * A customer-service domain: its rules, and the place of its data. Made by {@link defineDomain}. The type parameters are the two
 * databases and the two lists of tools; the plain `Domain` is any domain.
 */
export interface Domain<
  A = unknown,
  U = unknown,
  AgentTools extends readonly Tool<NoInfer<A>>[] = readonly Tool<NoInfer<A>>[],
  UserTools extends readonly Tool<NoInfer<U>>[] = readonly Tool<NoInfer<U>>[],
> {
  readonly name: string;
  readonly agent: Toolkit<A, AgentTools>;
  /** The user's own tools, such as a phone; null when the user can only talk. */
  readonly user: Toolkit<U, UserTools> | null;
  /**
   * Carries effects from one side to the other. Runs on a draft of both after every successful call; but not while a grade makes the databases
   * that it expects (docs/spec/core.md#7-3), so what it changes is for `env_assertions` to tell, not for `DB`.
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

/** Declaration of a domain, for {@link defineDomain}. */
export interface DomainSpec<
  A,
  U,
  AgentTools extends readonly Tool<NoInfer<A>>[] = readonly Tool<NoInfer<A>>[],
  UserTools extends readonly Tool<NoInfer<U>>[] = readonly Tool<NoInfer<U>>[],
> {
  name: string;
  agent: Toolkit<A, AgentTools>;
  user?: Toolkit<U, UserTools>;
  sync?(databases: { agent: A; user: U }): void;
  solo?: boolean;
  defaultSplit?: string | null;
  files?: DomainFiles;
  starterTasks?(): TaskSet;
  data?(): InlineData;
}

/** The agent's database of a domain. */
export type AgentDb<D extends Domain> = z.output<D["agent"]["database"]>;

/** The user's database of a domain; `never` where the user has none. */
export type UserDb<D extends Domain> = z.output<NonNullable<D["user"]>["database"]>;

/** Union of the tools of one side of a domain. */
type ToolOf<D extends Domain, R extends Requestor> = (R extends "user" ? NonNullable<D["user"]> : D["agent"])["tools"][number];

/** Types of one tool of a domain. */
type ToolTypes<D extends Domain, N extends string, R extends Requestor> = NonNullable<{ [T in ToolOf<D, R> as T["name"]]: T["types"] }[N]>;

type NameOfKind<T, Kind extends ToolKind> = T extends { name: infer Name extends string; kind: infer K }
  ? [Extract<K, Kind>] extends [never]
    ? never
    : Name
  : never;

/** Names of the tools of one side of a domain. `Kind` narrows to tools of that kind. */
export type ToolName<D extends Domain, R extends Requestor = "assistant", Kind extends ToolKind = ToolKind> = NameOfKind<
  ToolOf<D, R>,
  Kind
>;

/** Arguments of a tool, as a program writes them: parameters with a default may be left out. */
export type ToolInput<D extends Domain, N extends string, R extends Requestor = "assistant"> =
  ToolTypes<D, N, R> extends { input: infer Input } ? Input : Record<string, unknown>;

/** Result of a tool, as a value. */
export type ToolOutput<D extends Domain, N extends string, R extends Requestor = "assistant"> =
  ToolTypes<D, N, R> extends { output: infer Output } ? Output : unknown;

/**
 * Declares a domain. It needs no registration: pass the value to the function that runs it. The types of its tools are kept, so that
 * `env.call` and `env.read` are checked by the compiler.
 * @throws Tau2Error `invalid` when names clash or there is no data.
 */
export function defineDomain<
  A,
  U = never,
  const AgentTools extends readonly Tool<NoInfer<A>>[] = readonly Tool<NoInfer<A>>[],
  const UserTools extends readonly Tool<NoInfer<U>>[] = [U] extends [never] ? readonly [] : readonly Tool<NoInfer<U>>[],
>(spec: DomainSpec<A, U, AgentTools, UserTools>): Domain<A, U, AgentTools, UserTools> {
  const { user = null, solo = false, defaultSplit = null, files = null, ...rest } = spec;
  if (!files && !rest.data) throw new Tau2Error("invalid", `domain '${spec.name}' has neither files nor data`);
  checkToolkit(spec.name, spec.agent);
  if (user) checkToolkit(spec.name, user);
  const shared = user ? spec.agent.tools.map((tool) => tool.name).filter((name) => user.tools.some((tool) => tool.name === name)) : [];
  if (solo && shared.length > 0) throw new Tau2Error("invalid", `Tool names overlap: ${shared.join(", ")}`);
  return { ...rest, user, solo, defaultSplit, files };
}

function checkToolkit(domain: string, toolkit: Pick<Toolkit<never>, "tools" | "functions">): void {
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

/** The policy that a domain's files make, each between its tags where there are several. */
export function formatPolicy(policy: PolicyFiles, read: (file: string) => string): string {
  if (typeof policy === "string") return read(policy);
  return policy.map(({ tag, file }) => `<${tag}>\n${read(file)}\n</${tag}>`).join("\n");
}

/** Checks, for callers without types, that what was given is a domain and not its name. @throws Tau2Error `invalid` */
export function requireDomain(domain: unknown): void {
  if (isRecord(domain) && isRecord(domain["agent"])) return;
  const given = typeof domain === "string" ? `the text '${domain}'` : `of type ${typeof domain}`;
  throw new Tau2Error(
    "invalid",
    `domain is ${given}: give a domain's value, such as \`mock\` of "@tau2/domains/mock" or one made by defineDomain`,
  );
}

/** Which tasks of a domain to take. */
export interface TaskSelection {
  /** A split's name; `null` for all tasks; left out for the domain's default. */
  split?: string | null | undefined;
  /** Only these ids. Each must be there once. */
  ids?: readonly string[] | null | undefined;
  /** Only the first so many. */
  num?: number | null | undefined;
}

/** Tasks in the order of the task file; the others are not read. @throws Tau2Error `not_found` for an unknown split or id, with what there is. */
export function selectTasks(
  domain: Pick<Domain, "name" | "defaultSplit">,
  data: Pick<DomainData, "taskIds" | "task" | "splits">,
  selection: TaskSelection = {},
): readonly Task[] {
  const split = selection.split === undefined ? domain.defaultSplit : selection.split;
  let taken = split === null ? data.taskIds() : inSplit(data, split);
  const { ids, num } = selection;
  if (ids) {
    const wanted = new Set(ids);
    taken = taken.filter((id) => wanted.has(id));
    if (taken.length !== ids.length) {
      const missing = ids.filter((id) => !taken.includes(id));
      const problem = missing.length > 0 ? `no task ${missing.map((id) => `'${id}'`).join(", ")}` : "the same task id is given twice";
      throw new Tau2Error("not_found", `Not all tasks were found for task set ${domain.name} - ${split}: ${problem}`);
    }
  }
  return taken.slice(0, num ?? undefined).map((id) => data.task(id)!);
}

function inSplit(data: Pick<DomainData, "taskIds" | "splits">, split: string): readonly string[] {
  const splits = data.splits() ?? {};
  const ids = Object.hasOwn(splits, split) ? splits[split] : undefined;
  if (!ids) {
    const names = Object.keys(splits);
    throw new Tau2Error(
      "not_found",
      `Invalid task split name: ${split}. Valid splits are: ${names.length > 0 ? names.join(", ") : "none"}`,
    );
  }
  const wanted = new Set(ids);
  return data.taskIds().filter((id) => wanted.has(id));
}
