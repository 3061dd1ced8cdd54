import { createEnvironmentConfig, Tau2Error, type JsonObject, type Task } from "@tau2/domains";
import { createRunInfo, type RoleInfo, type RunInfo } from "@tau2/orchestrator";
import { formatTimestamp } from "@tau2/orchestrator/internal";
import type { Rollout } from "../rollout/rollout-record.ts";
import type { FlatTool } from "../training/messages.ts";
import type { TrainingEnv } from "../training/training-env.ts";

/** What exported files say about the run that rollouts come from. It is plain data; made by {@link createExportedRun}. */
export interface ExportedRun {
  /** The domain's name. */
  domain: string;
  /** When it began; local time as in messages. */
  started: string;
  /** What it was made of, in the reference's form. */
  info: RunInfo;
  /** Every task of its environment. */
  tasks: readonly Task[];
  /** Those that are there to test with, whatever list they were drawn from: nobody should train on them unawares. */
  test_task_ids: readonly string[];
  tools: readonly FlatTool[];
  /** Where the policy's model was asked; null for none. */
  base_url: string | null;
  /** What it was sampled with. */
  sampling_args: JsonObject;
  /** What the environment was made with, as far as files can hold it. */
  env_args: JsonObject;
}

/** What {@link createExportedRun} cannot see in an environment. */
export interface ExportedRunOptions {
  /** Who acted. */
  agent: RoleInfo;
  user: RoleInfo & { guidelines?: string | null };
  /** By default now. */
  started?: string | undefined;
  /** Attempts at each task. By default 1. */
  trials?: number | undefined;
  gitCommit?: string | undefined;
  baseUrl?: string | null | undefined;
  samplingArgs?: JsonObject | undefined;
  envArgs?: JsonObject | undefined;
}

/** Describes rollouts of an environment for export. */
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
    base_url: options.baseUrl ?? null,
    sampling_args: options.samplingArgs ?? {},
    env_args: options.envArgs ?? {},
  };
}

/** True if a rollout is of a task that is there to test with. */
export function isTestRollout(run: Pick<ExportedRun, "test_task_ids">, { task_id }: Pick<Rollout, "task_id">): boolean {
  return run.test_task_ids.includes(task_id);
}

/**
 * Lets rollouts through that may be trained on.
 * @throws Tau2Error `unsupported` when some are of tasks that are there to test with, and it was not said that this is meant
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
    `${testRollouts.length} of ${rollouts.length} rollouts are of tasks of the test split (${named}): a model that is trained on them cannot be tested on them ` +
      "any more. Leave them out, or say that it is meant (allowTestSplit, on the command line --allow-test-split)",
  );
}
