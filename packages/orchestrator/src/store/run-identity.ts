import { hashDatabase, type EnvironmentConfig, type JsonObject, type Task } from "@tau2/domains";
import { findPackageFolder, getPolicy, hashText, redactSettings, toToolDeclaration, getTools, isRecord } from "@tau2/domains/internal";
import { runDefaults } from "../run/defaults.ts";
import { hashValue, formatValue } from "../cassette/cassette.ts";
import type { RoleInfo } from "../run/run-info.ts";
import { readFileSync } from "node:fs";
import { arch, platform } from "node:os";
import { join } from "node:path";

/** A role as far as results depend on it. */
export interface RoleIdentity {
  implementation: string;
  llm: string | null;
  llm_args: JsonObject | null;
  /** SHA-256 of its model's instructions; null without any. */
  prompt: string | null;
}

/**
 * Everything that a run's results depend on, big things by their SHA-256. Tasks and the number of trials are not in it: a run may get more
 * of both. Neither are addresses of endpoints, versions of packages, or how many simulations are played at a time.
 */
export interface RunIdentity {
  domain: string;
  solo: boolean;
  database: string;
  policy: string;
  /** Names, descriptions and schemas of both sides' tools. */
  tools: string;
  agent: RoleIdentity;
  user: RoleIdentity;
  /** Null if the tasks did not need one, or it was missing. */
  judge: Omit<RoleIdentity, "implementation"> | null;
  seed: number | null;
  max_steps: number;
  max_errors: number;
  /** Seconds. */
  timeout: number | null;
  enforce_communication_protocol: boolean;
}

/** Input of {@link createRunIdentity}. */
export interface RunIdentityOptions {
  environment: EnvironmentConfig;
  /** `prompt`: the text itself; several of them joined. */
  agent: RoleInfo & { prompt: string | null };
  user: RoleInfo & { prompt: string | null };
  judge: { llm: string; llmArgs: JsonObject | null; prompt: string } | null;
  seed: number | null;
  /** By default as in `runSimulations`. */
  maxSteps?: number | undefined;
  maxErrors?: number | undefined;
  timeoutSeconds?: number | null | undefined;
  enforceProtocol?: boolean | undefined;
}

/**
 * Creates the identity of a run: the settings that its results depend on.
 * @example
 * ```ts
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { createRunInfo } from "@tau2/orchestrator";
 * import { createRunIdentity, openRun } from "@tau2/orchestrator/store";
 *
 * const data = loadData(mock);
 * const environment = createEnvironmentConfig(mock, data);
 * const agent = { implementation: "gold", llm: null, prompt: null };
 * const user = { implementation: "scripted", llm: null, prompt: null };
 * const identity = createRunIdentity({ environment, agent, user, judge: null, seed: 300 });
 * const info = createRunInfo({ environment, agent, user, trials: 1, seed: 300 });
 *
 * // A later session must have an equal identity.
 * const claim = await openRun("runs/first/results.json");
 * const store = await claim.begin({ identity, info, tasks: data.tasks() });
 * await store.close();
 * ```
 */
export function createRunIdentity(options: RunIdentityOptions): RunIdentity {
  const { environment, agent, user, judge, seed, timeoutSeconds = null, enforceProtocol = false } = options;
  const { maxSteps = runDefaults.maxSteps, maxErrors = runDefaults.maxErrors } = options;
  const { domain, data } = environment;
  const databases = [hashDatabase(domain.agent.database, data.db), domain.user ? hashDatabase(domain.user.database, data.userDb) : ""];
  const tools = (["assistant", "user"] as const).map((side) => getTools(environment, side).map(toToolDeclaration));
  return {
    domain: domain.name,
    solo: environment.solo,
    database: hashText(databases.join(" ")),
    policy: hashText(getPolicy(environment)),
    tools: hashValue(tools),
    agent: { implementation: agent.implementation, ...createModelIdentity(agent) },
    user: { implementation: user.implementation, ...createModelIdentity(user) },
    judge: judge && createModelIdentity(judge),
    seed,
    max_steps: maxSteps,
    max_errors: maxErrors,
    timeout: timeoutSeconds,
    enforce_communication_protocol: enforceProtocol,
  };
}

function createModelIdentity({ llm, llmArgs = null, prompt }: Pick<RoleInfo, "llm" | "llmArgs"> & { prompt: string | null }) {
  return { llm, llm_args: redactSettings(llmArgs), prompt: prompt === null ? null : hashText(prompt) };
}

/** The programs that a run was made with. */
export interface RuntimeVersions {
  /** Version by package. */
  packages: Record<string, string>;
  node: string;
  platform: string;
}

const packages = ["@tau2/domains", "@tau2/user-sim", "@tau2/orchestrator", "zod"];

function getPackageVersion(name: string): string {
  const folder = findPackageFolder(name, import.meta.url);
  if (folder === null) return "unknown";
  return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
}

/** Returns the versions that run in this process. A package that was bundled, and is not installed, is `unknown`. */
export function getRuntimeVersions(): RuntimeVersions {
  return {
    packages: Object.fromEntries(packages.map((name) => [name, getPackageVersion(name)])),
    node: process.versions.node,
    platform: `${platform()} ${arch()}`,
  };
}

/** A part of a run that is not what it was. */
export interface IdentityDifference {
  /** Path of the difference, such as `agent.llm` or `tasks`. */
  part: string;
  /** For people: `agent.llm: "a" before, "b" now`. */
  text: string;
}

/** Words for the two runs in a difference's text. */
export interface DifferenceWords {
  first: string;
  second: string;
  /** Of one thing that is only known by its hash, and of several. */
  unlike: readonly [one: string, several: string];
}

/** One run, then and now. */
const comeBack: DifferenceWords = { first: "before", second: "now", unlike: ["not what it was", "not what they were"] };

/**
 * Compares two runs' identities, in their order; empty if the results of both are comparable. A part that one of them does
 * not know, and a judge that only one of them has, do not count.
 */
export function compareIdentities(
  before: Partial<RunIdentity>,
  now: Partial<RunIdentity>,
  words: DifferenceWords = comeBack,
): IdentityDifference[] {
  const { judge, ...rest } = before;
  return findDifferences(judge && now.judge ? before : rest, { ...now }, "", words);
}

/** Finds the tasks of the same id that differ. */
export function compareTasks(before: readonly Task[], now: readonly Task[], words = comeBack): IdentityDifference[] {
  const known = new Map(before.map((task) => [task.id, formatValue(task)]));
  const changed = now.filter((task) => (known.get(task.id) ?? formatValue(task)) !== formatValue(task)).map(({ id }) => `'${id}'`);
  if (changed.length === 0) return [];
  const named = `${changed.slice(0, 5).join(", ")}${changed.length > 5 ? `, and ${changed.length - 5} more` : ""}`;
  const [one, several] = words.unlike;
  return [{ part: "tasks", text: `tasks: ${named} ${changed.length === 1 ? `is ${one}` : `are ${several}`}` }];
}

function findDifferences(before: object, now: object, path: string, words: DifferenceWords): IdentityDifference[] {
  return Object.entries(before).flatMap(([key, old]: [string, unknown]) => {
    const part = path === "" ? key : `${path}.${key}`;
    const value = (now as Record<string, unknown>)[key];
    if (value === undefined || old === undefined || formatValue(old) === formatValue(value)) return [];
    if (isRecord(old) && isRecord(value) && key !== "llm_args") return findDifferences(old, value, part, words);
    return [{ part, text: `${part}: ${describeDifference(old, value, words)}` }];
  });
}

function describeDifference(before: unknown, now: unknown, { first, second, unlike }: DifferenceWords): string {
  return isHash(before) && isHash(now) ? unlike[0] : `${formatSide(before)} ${first}, ${formatSide(now)} ${second}`;
}

/** Formats a value. The 64 digits of a text's hash do not tell a reader anything. */
function formatSide(value: unknown): string {
  return isHash(value) ? "a text" : formatValue(value);
}

function isHash(value: unknown): boolean {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
