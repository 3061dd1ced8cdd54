import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { parseInlineData, formatPolicy, createTaskSource } from "../core/domain/domain-data.ts";
import {
  type AgentDb,
  type Domain,
  type UserDb,
  type SoloDomain,
  type DomainData,
  type TaskSet,
  requireDomain,
  type TaskSource,
} from "../core/domain/domain.ts";
import { Environment } from "../core/environment/environment.ts";
import { createEnvironmentConfig, type EnvironmentOptions } from "../core/environment/execute-tool-call.ts";
import { Tau2Error } from "../core/errors.ts";
import { deepFreeze } from "../core/state/update-state.ts";
import { parseData } from "../core/schema/schema.ts";
import { findDomainDirectory, getDataFolder } from "./domain-directory.ts";
import { readStructured, readText } from "./files.ts";
import { versionOfDomain } from "./identify-data-version.ts";
import { readTasks } from "./task-file.ts";

/** Options of {@link loadData}. */
export interface DataOptions {
  /**
   * Data directory in the layout of tau2-bench (`tau2/domains/<domain>/…`); `null` for the starter data in this package.
   * Default: the environment variable `TAU2_DATA_DIR`, or the starter data if it is not set.
   */
  dataDir?: string | null | undefined;
}

/** Returns the data directory; null for the starter data. */
function resolveDataDir({ dataDir }: DataOptions): string | null {
  return dataDir === undefined ? process.env["TAU2_DATA_DIR"] || null : dataDir;
}

const cache = new WeakMap<object, Map<string, DomainData>>();
const inline = new WeakMap<object, DomainData>();

/**
 * Loads a domain's data. It is read once per process, frozen, and shared by all environments. Each task is read when it is needed.
 * @throws Tau2Error `not_found` for a missing file, `invalid` for a broken one, naming the file and the position.
 * @example
 * ```ts
 * import { loadData } from "@tau2/domains/data";
 * import { airline } from "@tau2/domains/airline";
 *
 * const data = loadData(airline);
 * console.log(data.source, data.taskIds().length);
 * ```
 */
export function loadData<D extends Domain>(domain: D, options: DataOptions = {}): DomainData<AgentDb<D>, UserDb<D>> {
  requireDomain(domain);
  if (!domain.files) return loadInline(domain);
  const dataDir = resolveDataDir(options);
  const directory = findDomainDirectory(domain, dataDir);
  // Keyed by the domain, not by its name: a variant of a domain may read the same files with another schema.
  const known = cache.get(domain) ?? new Map<string, DomainData>();
  cache.set(domain, known);
  let data = known.get(directory);
  if (!data) {
    data = readDirectory(domain as Domain, directory, dataDir === null);
    known.set(directory, data);
  }
  return data as DomainData<AgentDb<D>, UserDb<D>>;
}

/**
 * Creates an environment on a domain's data. In solo mode the agent's tools include the user's.
 * @throws Tau2Error like {@link loadData}, and `unsupported` for solo mode in a domain without it.
 * @example
 * ```ts
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { retail } from "@tau2/domains/retail";
 *
 * const env = loadEnvironment(retail);
 * console.log(env.read("list_all_product_types"));
 * ```
 */
export function loadEnvironment<D extends Domain>(
  domain: D,
  options: DataOptions & EnvironmentOptions & { solo: true },
): Environment<SoloDomain<D>>;
export function loadEnvironment<D extends Domain>(domain: D, options?: DataOptions & EnvironmentOptions): Environment<D>;
export function loadEnvironment(domain: Domain, options: DataOptions & EnvironmentOptions = {}): Environment {
  return new Environment(createEnvironmentConfig(domain, loadData(domain, options), options));
}

function loadInline<D extends Domain>(domain: D): DomainData<AgentDb<D>, UserDb<D>> {
  let data = inline.get(domain);
  if (!data) {
    if (!domain.data) throw new Tau2Error("invalid", `domain '${domain.name}' has neither \`files\` nor \`data\``);
    data = parseInlineData(domain as Domain, domain.data());
    inline.set(domain, data);
  }
  return data as DomainData<AgentDb<D>, UserDb<D>>;
}

function readDirectory(domain: Domain, directory: string, starter: boolean): DomainData {
  const files = domain.files!;
  let source = starter ? "starter" : undefined;
  const at = (name: string) => join(directory, name);
  const policyFile = (name: string) => readText(at(name));
  const taskSet =
    starter && domain.starterTasks
      ? createTasks(domain.starterTasks.bind(domain), domain.name)
      : readTaskFiles(at(files.tasks), at(`split_${files.tasks}`));
  return {
    get source() {
      // Hashing takes as long as reading, so it waits until the first use.
      return (source ??= versionOfDomain(directory, files, getDataFolder(domain)) ?? "directory");
    },
    db: deepFreeze(parseData(domain.agent.database, readStructured(at(files.db)), at(files.db))),
    userDb:
      domain.user && files.userDb ? deepFreeze(parseData(domain.user.database, readStructured(at(files.userDb)), at(files.userDb))) : null,
    policy: formatPolicy(files.policy, policyFile),
    soloPolicy: files.soloPolicy ? formatPolicy(files.soloPolicy, policyFile) : null,
    ...taskSet,
  };
}

type Tasks = TaskSource & Pick<DomainData, "splits">;

function createTasks(make: () => TaskSet, name: string): Tasks {
  let set: TaskSet | undefined;
  const once = () => (set ??= make());
  return { ...createTaskSource(() => once().tasks.map((task) => ({ id: task.id, read: () => task })), name), splits: () => once().splits };
}

function readTaskFiles(taskFile: string, splitFile: string): Tasks {
  let splits: Record<string, string[]> | null | undefined;
  return { ...readTasks(taskFile), splits: () => (splits === undefined ? (splits = readSplits(splitFile)) : splits) };
}

function readSplits(path: string): Record<string, string[]> | null {
  return existsSync(path) ? parseData(z.record(z.string(), z.array(z.string())), readStructured(path), path) : null;
}

/**
 * Loads the guidelines for the simulated user from a data directory; null without them, and for the starter data.
 * @example
 * ```ts
 * import { loadGuidelines } from "@tau2/domains/data";
 *
 * console.log(loadGuidelines({ dataDir: "tau2-bench/data" })?.tools ?? "There are no guidelines for users with tools.");
 * ```
 */
export function loadGuidelines(options: DataOptions = {}): { plain: string; tools: string } | null {
  const dataDir = resolveDataDir(options);
  if (dataDir === null) return null;
  const at = (name: string) => join(dataDir, "tau2", "user_simulator", name);
  if (!existsSync(at("simulation_guidelines.md"))) return null;
  return { plain: readText(at("simulation_guidelines.md")), tools: readText(at("simulation_guidelines_tools.md")) };
}
