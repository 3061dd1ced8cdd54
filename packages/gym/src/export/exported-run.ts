import { createEnvironmentConfig, Tau2Error, type JsonObject, type Task } from "@tau2/domains";
import { redactSettings, redactUrl } from "@tau2/domains/internal";
import { createRunInfo } from "@tau2/orchestrator";
import type { RunInfo } from "@tau2/orchestrator/results";
import { formatTimestamp, type RoleInfo } from "@tau2/orchestrator/internal";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { FlatTool } from "../training/messages.ts";
import type { TrainingEnv } from "../training/training-env.ts";

/** Description of a run of rollouts for exported files, as plain data. Created by {@link createExportedRun}. */
export interface ExportedRun {
  /** Name of the domain. */
  domain: string;
  /** Start time; local time as in messages. */
  started: string;
  /** Configuration of the run in tau2-bench's form. */
  info: RunInfo;
  /** All tasks of the environment. */
  tasks: readonly Task[];
  /** Ids of tasks of the test split, in any list. A model must not be trained on them by accident. */
  test_task_ids: readonly string[];
  tools: readonly FlatTool[];
  /** URL of the policy's endpoint without its user and the values of its query, or null. */
  base_url: string | null;
  /** Sampling parameters of the policy. */
  sampling_args: JsonObject;
  /** Keywords of the environment that JSON can hold. */
  env_args: JsonObject;
}

/** Fields of {@link createExportedRun} that an environment does not hold. */
export interface ExportedRunOptions {
  /** Agent of the rollouts. */
  agent: RoleInfo;
  user: RoleInfo & { guidelines?: string | null };
  /** Default: now. */
  started?: string | undefined;
  /** Attempts at each task. Default: 1. */
  trials?: number | undefined;
  gitCommit?: string | undefined;
  baseUrl?: string | null | undefined;
  samplingArgs?: JsonObject | undefined;
  envArgs?: JsonObject | undefined;
}

/**
 * Describes rollouts of an environment for export, without keys.
 * @example
 * ```ts
 * import { createExportedRun, getEnv } from "@tau2/gym/training";
 *
 * const env = getEnv("tau2bench", { domain: "mock", user: "scripted" });
 * const run = createExportedRun(env, {
 *   agent: { implementation: "my_policy", llm: "qwen3-4b" },
 *   user: { implementation: "scripted", llm: null },
 *   trials: 4,
 * });
 * ```
 */
export function createExportedRun(env: TrainingEnv, options: ExportedRunOptions): ExportedRun {
  const { config, domain, data, datasets, tools } = env;
  const { agent, user, trials = 1, gitCommit, started = formatTimestamp(new Date()) } = options;
  const lists = new Map([datasets.train, datasets.eval, datasets.test].flat().map((task) => [task.id, task]));
  return {
    domain: domain.name,
    started,
    info: createRunInfo({
      environment: createEnvironmentConfig(domain, data),
      agent,
      user,
      trials,
      seed: config.seed,
      maxSteps: config.max_steps,
      gitCommit,
    }),
    tasks: [...lists.values()],
    test_task_ids: [...new Set([...datasets.test.map(({ id }) => id), ...(data.splits()?.["test"] ?? [])])].filter((id) => lists.has(id)),
    tools,
    base_url: options.baseUrl ? redactUrl(options.baseUrl) : null,
    sampling_args: redactSettings(options.samplingArgs ?? {}),
    env_args: redactSettings(options.envArgs ?? {}),
  };
}

/** Returns whether the task of a rollout is in the test split. */
export function isTestRollout(run: Pick<ExportedRun, "test_task_ids">, { task_id }: Pick<Rollout, "task_id">): boolean {
  return run.test_task_ids.includes(task_id);
}

/**
 * Checks that rollouts may be trained on.
 * @throws Tau2Error `unsupported` if some are of tasks of the test split and `allowTestSplit` is false
 */
export function checkTrainable(run: Pick<ExportedRun, "test_task_ids">, rollouts: readonly Rollout[], allowTestSplit: boolean): void {
  const testRollouts = allowTestSplit ? [] : rollouts.filter((rollout) => isTestRollout(run, rollout));
  if (testRollouts.length === 0) return;
  const ids = [...new Set(testRollouts.map(({ task_id }) => task_id))];
  const named = `${ids
    .slice(0, 3)
    .map((id) => `'${id}'`)
    .join(", ")}${ids.length > 3 ? ", …" : ""}`;
  throw new Tau2Error(
    "unsupported",
    `${testRollouts.length} of ${rollouts.length} rollouts are of tasks of the test split (${named}): a test of a model trained on them is meaningless. ` +
      "Leave them out, or set allowTestSplit (on the command line --allow-test-split)",
  );
}
