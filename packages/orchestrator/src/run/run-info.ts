import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { getPolicy, redactSettings } from "@tau2/domains/internal";
import type { EnvironmentConfig, JsonObject } from "@tau2/domains";
import { formatTimestamp } from "../conversation/conversation.ts";
import type { RunInfo } from "../results/results.ts";
import { runDefaults } from "./defaults.ts";

/** Agent or user in results files. */
export interface RoleInfo {
  /** Name under which it was chosen. */
  implementation: string;
  /** Name of its model; null without a model. */
  llm: string | null;
  /** Parameters of every request, without the seed. */
  llmArgs?: JsonObject | null | undefined;
}

/** Options of {@link createRunInfo}. */
export interface RunInfoOptions {
  environment: EnvironmentConfig;
  agent: RoleInfo;
  user: RoleInfo & { guidelines?: string | null | undefined };
  trials: number;
  seed: number | null;
  /** By default that of `runSimulations`. */
  maxSteps?: number | undefined;
  /** By default that of `runSimulations`. */
  maxErrors?: number | undefined;
  /** Commit of the code under test. Default `unknown`. */
  gitCommit?: string | undefined;
}

/**
 * Creates the `info` of a results file, which describes the run in tau2-bench's form (docs/spec/core.md#1-5).
 * @example
 * ```ts
 * import { createEnvironmentConfig } from "@tau2/domains";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { createRunInfo } from "@tau2/orchestrator";
 *
 * const info = createRunInfo({
 *   environment: createEnvironmentConfig(mock, loadData(mock)),
 *   agent: { implementation: "llm_agent", llm: "gpt-4.1", llmArgs: { temperature: 0 } },
 *   user: { implementation: "scripted", llm: null },
 *   trials: 4,
 *   seed: 300,
 * });
 * ```
 */
export function createRunInfo(options: RunInfoOptions): RunInfo {
  const { environment, agent, user, trials, seed, gitCommit = "unknown" } = options;
  const { maxSteps = runDefaults.maxSteps, maxErrors = runDefaults.maxErrors } = options;
  return {
    git_commit: gitCommit,
    num_trials: trials,
    max_steps: maxSteps,
    max_errors: maxErrors,
    user_info: { ...toRoleInfo(user), global_simulation_guidelines: user.guidelines ?? null },
    agent_info: toRoleInfo(agent),
    environment_info: { domain_name: environment.domain.name, policy: getPolicy(environment) },
    seed,
  };
}

function toRoleInfo({ implementation, llm, llmArgs = null }: RoleInfo) {
  return { implementation, llm, llm_args: redactSettings(llmArgs) };
}

/**
 * Creates the default name of a run, such as `20250131_103000_airline_llm_agent_gpt-4.1_user_simulator_gpt-4.1` (docs/spec/core.md#9-2).
 * Only the last part of a model's path is used. The name omits the model of roles without one.
 */
export function createRunName(domain: string, agent: RoleInfo, user: RoleInfo, started: Date): string {
  return [formatCompactTime(started), domain, ...toNameParts(agent), ...toNameParts(user)].join("_");
}

function toNameParts({ implementation, llm }: RoleInfo): string[] {
  const model = llm?.split("/").findLast((part) => part !== "");
  return model === undefined ? [implementation] : [implementation, model];
}

function formatCompactTime(time: Date): string {
  return formatTimestamp(time).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}

/** Returns the commit of a directory; `unknown` outside of repositories or without git. */
export async function getGitCommit(directory: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: directory });
    return stdout.trim();
  } catch {
    return "unknown";
  }
}
