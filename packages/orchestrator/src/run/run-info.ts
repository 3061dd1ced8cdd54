import { getPolicy, type EnvironmentConfig, type JsonObject } from "@tau2/domains";
import type { RunInfo } from "../results/results.ts";
import { runDefaults } from "./defaults.ts";
import { formatTimestamp } from "../conversation/conversation.ts";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** A role as results name it. */
export interface RoleInfo {
  /** The name under which it was chosen. */
  implementation: string;
  /** Name of the model behind it; null when there is none. */
  llm: string | null;
  /** What is sent with every request, the seed left out. */
  llmArgs?: JsonObject | null | undefined;
}

/** What {@link createRunInfo} puts down. */
export interface RunInfoOptions {
  environment: EnvironmentConfig;
  agent: RoleInfo;
  user: RoleInfo & { guidelines?: string | null };
  trials: number;
  seed: number | null;
  /** By default as in `runSimulations`. */
  maxSteps?: number | undefined;
  maxErrors?: number | undefined;
  getGitCommit?: string | undefined;
}

/** What a run was made of, in the reference's form (docs/spec/core.md#1-5). */
export function createRunInfo(options: RunInfoOptions): RunInfo {
  const { environment, agent, user, trials, seed, getGitCommit = "unknown" } = options;
  const { maxSteps = runDefaults.maxSteps, maxErrors = runDefaults.maxErrors } = options;
  return {
    git_commit: getGitCommit,
    num_trials: trials,
    max_steps: maxSteps,
    max_errors: maxErrors,
    user_info: { ...role(user), global_simulation_guidelines: user.guidelines ?? null },
    agent_info: role(agent),
    environment_info: { domain_name: environment.domain.name, policy: getPolicy(environment) },
    seed,
  };
}

function role({ implementation, llm, llmArgs = null }: RoleInfo) {
  return { implementation, llm, llm_args: llmArgs };
}

/**
 * The name of a run that was given none: `20250131_103000_airline_llm_agent_gpt-4.1_user_simulator_gpt-4.1` (docs/spec/core.md#9-2).
 * Of a model's name the last part of its path stands in it; roles without a model leave it out.
 */
export function createRunName(domain: string, agent: RoleInfo, user: RoleInfo, started: Date): string {
  return [compactTime(started), domain, ...roleParts(agent), ...roleParts(user)].join("_");
}

function roleParts({ implementation, llm }: RoleInfo): string[] {
  const model = llm?.split("/").findLast((part) => part !== "");
  return model === undefined ? [implementation] : [implementation, model];
}

function compactTime(time: Date): string {
  return formatTimestamp(time).slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "_");
}

/** The commit that a folder's files are of; `unknown` outside of repositories and where git is missing. */
export async function getGitCommit(directory: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("git", ["rev-parse", "HEAD"], { cwd: directory });
    return stdout.trim();
  } catch {
    return "unknown";
  }
}
