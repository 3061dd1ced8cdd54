import type { z } from "zod";
import { Tau2Error } from "../errors.ts";
import { isRecord } from "../json/json.ts";
import type { Requestor } from "../task/message.ts";
import type { Task, TaskInput } from "../task/task.ts";
import type { Tool, ToolKind, ToolTypes } from "../tool/tool.ts";

/** One side of a domain: a database and the tools that work on it. */
export interface Toolkit<Db, Types extends ToolTypes = ToolTypes> {
  /** Validates the database's data and defines its hash. Its input type is the content of data files. */
  readonly database: z.ZodType<Db>;
  /** Tools that models may call, in the order in which they are listed to a model. */
  readonly tools: readonly Tool<NoInfer<Db>>[];
  /** Functions for initial states and assertions, which models cannot call. Those may call the tools, too. */
  readonly functions?: readonly Tool<NoInfer<Db>>[];
  /** Types of the tools, for the compiler. This property does not exist at run time. */
  readonly types?: Types;
}

/** File of a policy, or several files that are joined in this order, each between tags. */
export type PolicyFiles = string | readonly { readonly tag: string; readonly file: string }[];

/** Names of a domain's files, all in one folder. */
export interface DomainFiles {
  /** Folder under `data/`. Default: the domain's name. */
  readonly directory?: string;
  readonly db: string;
  readonly userDb?: string;
  readonly policy: PolicyFiles;
  readonly soloPolicy?: PolicyFiles;
  readonly tasks: string;
}

/** Tasks in the order of their file. Each is read and checked when it is first needed. */
export interface TaskSource {
  /** Returns the ids of all tasks. Does not read the tasks. */
  taskIds(): readonly string[];
  /** Returns a task, or `undefined` if the id does not exist. */
  task(id: string): Task | undefined;
  /** Returns all tasks. Reads all of them. */
  tasks(): readonly Task[];
}

/** Tasks, and their division into splits. */
export interface TaskSet {
  readonly tasks: readonly Task[];
  /** Task ids by split name; `null` without splits. */
  readonly splits: Readonly<Record<string, readonly string[]>> | null;
}

/** Databases, policies and tasks of a domain. */
export interface DomainData<A = unknown, U = unknown> extends TaskSource {
  /**
   * Origin of the data: `starter`, `inline` for values, a known version such as `official 1.0.1`, or `directory` for other files.
   * The first read of this property hashes the files of a directory.
   */
  readonly source: string;
  readonly db: A;
  readonly userDb: U | null;
  readonly policy: string;
  readonly soloPolicy: string | null;
  /** Returns task ids by split name; `null` for a domain without splits. */
  splits(): Readonly<Record<string, readonly string[]>> | null;
}

/** Data as values, for a domain without files or for a browser that has fetched them. {@link parseInlineData} validates it. */
export interface InlineData {
  db: unknown;
  userDb?: unknown;
  policy: string;
  soloPolicy?: string | undefined;
  tasks?: readonly TaskInput[] | undefined;
  splits?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * A customer-service domain: rules, and the place of its data. Created by {@link defineDomain}. The type parameters are the two
 * databases, and the types of the tools of each side. The plain `Domain` accepts any domain.
 */
export interface Domain<A = unknown, U = unknown, AgentTools extends ToolTypes = ToolTypes, UserTools extends ToolTypes = ToolTypes> {
  readonly name: string;
  readonly agent: Toolkit<A, AgentTools>;
  /** The user's tools, such as a phone; `null` if the user can only talk. */
  readonly user: Toolkit<U, UserTools> | null;
  /**
   * Propagates changes between the two databases. Runs on drafts of both after each successful call. The grader skips it when it
   * builds the expected state (docs/spec/core.md#7-3), so check its effects with `env_assertions`, not with `DB`.
   */
  sync?(databases: { agent: A; user: U }): void;
  /** True if the agent can work without a user. */
  readonly solo: boolean;
  /** Split that is used if none is named; `null` for all tasks. */
  readonly defaultSplit: string | null;
  /** Names of the data files; `null` for a domain with inline data. */
  readonly files: DomainFiles | null;
  /** Creates the tasks of the starter data, instead of a task file. */
  starterTasks?(): TaskSet;
  /** Returns the data of a domain without files. */
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
  agent: Toolkit<A> & { readonly tools: AgentTools };
  user?: (Toolkit<U> & { readonly tools: UserTools }) | undefined;
  sync?(databases: { agent: A; user: U }): void;
  /** Default: false. */
  solo?: boolean | undefined;
  /** Default: `null`, which means all tasks. */
  defaultSplit?: string | null | undefined;
  files?: DomainFiles | undefined;
  starterTasks?(): TaskSet;
  data?(): InlineData;
}

/** The agent's database of a domain. */
export type AgentDb<D extends Domain> = z.output<D["agent"]["database"]>;

/** The user's database of a domain; `never` if the user does not have one. */
export type UserDb<D extends Domain> = z.output<NonNullable<D["user"]>["database"]>;

/** Types of the tools of one side of a domain, as a union. */
type TypesOf<D extends Domain, R extends Requestor> = NonNullable<(R extends "user" ? NonNullable<D["user"]> : D["agent"])["types"]>;

type NameOfKind<T, Kind extends ToolKind> = T extends { name: infer Name; kind: infer K }
  ? [Extract<K, Kind>] extends [never]
    ? never
    : Name
  : never;

/** Names of the tools of one side of a domain. `Kind` narrows to tools of that kind. */
export type ToolName<D extends Domain, R extends Requestor = "assistant", Kind extends ToolKind = ToolKind> = NameOfKind<
  TypesOf<D, R>,
  Kind
> &
  string;

/** Arguments of a tool, as a program writes them: parameters with a default are optional. */
export type ToolInput<D extends Domain, N extends string, R extends Requestor = "assistant"> = {
  [T in TypesOf<D, R> as T["name"]]: T["input"];
}[N];

/** Result of a tool, as a value. */
export type ToolOutput<D extends Domain, N extends string, R extends Requestor = "assistant"> = {
  [T in TypesOf<D, R> as T["name"]]: T["output"];
}[N];

/** A domain in solo mode: the agent has the user's tools, too, and the user cannot call any. */
export type SoloDomain<D extends Domain> = Domain<AgentDb<D>, UserDb<D>, TypesOf<D, "assistant"> | TypesOf<D, "user">, never>;

/**
 * Declares a domain. It does not need registration: pass the value to the function that runs it. The types of its tools are kept, so
 * the compiler checks `env.call` and `env.read`.
 * @throws Tau2Error `invalid` for duplicate tool names, or without data.
 * @example
 * ```ts
 * import { createToolFactory, defineDomain } from "@tau2/domains";
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { z } from "zod";
 *
 * const database = z.strictObject({ coins: z.int() });
 * const tool = createToolFactory<z.output<typeof database>>();
 * const pay = tool({
 *   name: "pay",
 *   kind: "write",
 *   description: "Take coins out of the purse.",
 *   parameters: z.strictObject({ amount: z.int() }),
 *   result: z.int(),
 *   run: ({ db }, { amount }) => (db.coins -= amount),
 * });
 * const purse = defineDomain({
 *   name: "purse",
 *   agent: { database, tools: [pay] },
 *   data: () => ({ db: { coins: 5 }, policy: "Pay what the user asks for." }),
 * });
 * console.log(loadEnvironment(purse).call("pay", { amount: 2 }).content);
 * ```
 */
export function defineDomain<
  A,
  U = never,
  const AgentTools extends readonly Tool<NoInfer<A>>[] = readonly Tool<NoInfer<A>>[],
  const UserTools extends readonly Tool<NoInfer<U>>[] = [U] extends [never] ? readonly [] : readonly Tool<NoInfer<U>>[],
>(
  spec: DomainSpec<A, U, AgentTools, UserTools>,
): Domain<A, U, NonNullable<AgentTools[number]["types"]>, NonNullable<UserTools[number]["types"]>> {
  const { user = null, solo = false, defaultSplit = null, files = null, ...rest } = spec;
  if (!files && !rest.data) throw new Tau2Error("invalid", `domain '${spec.name}' has neither \`files\` nor \`data\``);
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

/** Checks that a value is a domain and not its name, for callers without types. @throws Tau2Error `invalid` */
export function requireDomain(domain: unknown): void {
  if (isRecord(domain) && isRecord(domain["agent"])) return;
  const given = typeof domain === "string" ? `the string '${domain}'` : `of type ${typeof domain}`;
  throw new Tau2Error(
    "invalid",
    `domain is ${given}; pass the domain itself, such as \`mock\` from "@tau2/domains/mock" or a result of defineDomain`,
  );
}
