import { didYouMean } from "@tau2/domains/internal";
import { type Domain, type DomainData, createEnvironmentConfig, selectTasks, type Task } from "@tau2/domains";
import { loadData } from "@tau2/domains/data";
import { createRunInfo, type RunOptions } from "@tau2/orchestrator";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { createRunName, getGitCommit, formatTimestamp, type RunSession } from "@tau2/orchestrator/internal";
import { UsageError, withHint } from "../errors.ts";
import { getDataDirectory } from "../data/data-directory.ts";
import type { Composed } from "../config/compose.ts";
import { toFlagName } from "../config/option.ts";
import type { RunValues, runOptions } from "../config/tables/run-options.ts";
import { whichDomain, loadDomain } from "../domain/load-domain.ts";
import type { CliIo } from "../io.ts";
import { count } from "../ui/text.ts";
import { type RunToResume, readSavedConfig, rerun } from "./saved-config.ts";
import { resolveRoleEndpoint, type RoleEndpoint } from "../config/endpoint.ts";
import { createIdentity } from "./identity.ts";
import { nameParticipants } from "./name-participants.ts";
import { createAgentFactory, getGuidelines, createJudgeFactory, createUserFactory } from "./models.ts";
import { findFreeRunName, createResultsPath } from "./results-path.ts";
import { resolveRoles, type Roles } from "./roles.ts";
import type { ModelRecorder } from "./model-recorder.ts";

/** A run about which everything is known, before anything is begun. */
export interface PreparedRun {
  readonly name: string;
  readonly roles: Roles;
  readonly domain: Domain;
  readonly data: DomainData;
  /** Options of the runner, without listeners. */
  readonly options: RunOptions & { readonly concurrency: number };
  /** Path of the results. */
  readonly path: string;
  /** Content of the run's first log entry. */
  readonly session: RunSession;
  /** Every model that will be asked. */
  readonly endpoints: readonly RoleEndpoint[];
  /** Notes for the person before the run begins. */
  readonly notes: readonly string[];
}

/** Facts about a run beside its options. */
export interface PrepareContext {
  readonly started: Date;
  readonly tape: ModelRecorder;
  /** The run that is resumed; null for a new one. */
  readonly earlier: RunToResume | null;
}

/**
 * Finds out what a run consists of.
 * @throws UsageError, or Tau2Error of the layers below, for everything that is wrong with it.
 */
export async function prepareRun(
  composed: Composed<typeof runOptions>,
  io: CliIo,
  { started, tape, earlier }: PrepareContext,
): Promise<PreparedRun> {
  const { values } = composed;
  if (values.domain === undefined) throw new UsageError(whichDomain("--domain "));
  const dataDir = getDataDirectory(io, values.data);
  const domain = await loadDomain(values.domain, io.cwd);
  const data = loadData(domain, { dataDir });
  const roles = await resolveRoles(composed, io);
  const { tasks, notes } = await getTasks(domain, data, roles, values, io, dataDir);
  const environment = createEnvironmentConfig(domain, data, { solo: roles.solo });
  const judge = createJudge(tasks, roles, values, io);
  const endpoints = [roles.agent.endpoint, roles.user.endpoint, judge.endpoint].filter((endpoint) => endpoint !== null);
  if (endpoints.length === 0) refuseTape(values);
  const guidelines = getGuidelines(values, dataDir, io.cwd);
  const seed = values.seed ?? earlier?.claim.history?.sessions.at(-1)?.identity.seed ?? anySeed();
  const names = nameParticipants(roles, environment, tasks[0]!, seed);
  const agent = { ...names.agent, llmArgs: roles.agent.endpoint?.parameters ?? null };
  const user = { ...names.user, llmArgs: roles.user.endpoint?.parameters ?? null, guidelines: guidelines.plain };
  const name = values.save_to ?? findFreeRunName(io.cwd, createRunName(domain.name, agent, user, started));
  const limits = { trials: values.num_trials, seed, maxSteps: values.max_steps, maxErrors: values.max_errors };
  const path = earlier?.path ?? createResultsPath(io.cwd, name);
  const info = createRunInfo({ environment, agent, user, ...limits, gitCommit: await getGitCommit(io.cwd) });
  return {
    name,
    roles,
    domain,
    data,
    path,
    session: {
      identity: createIdentity({ environment, agent, user, judge: judge.endpoint, guidelines, seed }, values, io.cwd),
      info,
      tasks,
      config: readSavedConfig(composed),
      at: formatTimestamp(started),
      playAgain: rerun(values, tasks),
    },
    endpoints,
    notes: [...notes, ...judge.notes],
    options: {
      domain,
      data,
      tasks,
      ...limits,
      solo: roles.solo,
      agent: createAgentFactory(roles, values, io.cwd, tape),
      user: createUserFactory(roles, values, guidelines, tape),
      judge: judge.endpoint ? createJudgeFactory(judge.endpoint, values, io.cwd, tape) : undefined,
      withoutJudge: "not_graded",
      concurrency: values.max_concurrency,
      timeoutSeconds: values.timeout,
      turnTimeoutMs: values.turn_timeout && values.turn_timeout * 1000,
      maxRetries: values.max_retries,
      retryDelayMs: values.retry_delay * 1000,
      enforceProtocol: values.enforce_communication_protocol,
    },
  };
}

/** A replayed recording means its models: the solutions do not replace them. */
function refuseTape(values: RunValues): void {
  const option = (["replay", "record"] as const).find((key) => values[key] !== undefined);
  if (option === undefined) return;
  const models = option === "replay" ? "those that were recorded" : "those to be recorded";
  throw new UsageError(
    `${toFlagName(option)} is about the calls of models, and none takes part in this run: name ${models}, such as with --agent-llm and --user-llm`,
  );
}

/** A seed for a run that does not care; it is stored, so that the run can be resumed, and played once more. */
function anySeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0]!;
}

async function getTasks(
  domain: Domain,
  data: DomainData,
  { agent }: Roles,
  values: RunValues,
  io: CliIo,
  dataDir: string | null,
): Promise<{ tasks: readonly Task[]; notes: string[] }> {
  const { task_set_name: set, task_split_name: split, task_ids: ids, num_tasks: num } = values;
  const source = set === undefined || set === domain.name ? domain : await loadDomain(set, io.cwd);
  const from = source === domain ? data : loadData(source, { dataDir });
  const splits = Object.keys(from.splits() ?? {});
  if (typeof split === "string" && !splits.includes(split)) {
    throw new UsageError(`Invalid task split name: ${split}. Valid splits are: ${splits.join(", ") || "none"}${didYouMean(split, splits)}`);
  }
  const known = from.taskIds();
  const unknown = ids?.find((id) => !known.includes(id)) ?? "";
  const selected = withHint(unknown, known, () => selectTasks(source, from, { split, ids, num }));
  if (selected.length === 0) throw new UsageError("No tasks to run");
  const accepts = agent.kind?.accepts;
  const tasks = accepts ? selected.filter((task) => accepts(task)) : selected;
  const notes =
    tasks.length < selected.length ? [`Running ${tasks.length} out of ${selected.length} tasks for ${agent.name} (filtered).`] : [];
  if (tasks.length === 0) throw new UsageError(`No tasks to run: ${agent.name} can play none of the ${count(selected.length, "task")}`);
  return { tasks, notes };
}

/** Creates a judge if a task needs one and a model is available; a run without any model continues without a judge. */
function createJudge(
  tasks: readonly Task[],
  { keyless }: Roles,
  values: RunValues,
  { env }: CliIo,
): { endpoint: RoleEndpoint | null; notes: string[] } {
  const judged = tasks.filter((task) => needsJudge(task));
  if (judged.length === 0) return { endpoint: null, notes: [] };
  const named = [values.judge_llm, values.judge_base_url, values.judge_api_key_env, values.judge_llm_args].some(
    (value) => value !== undefined && value !== null,
  );
  if (values.judge_llm === null || (keyless && !named)) {
    return {
      endpoint: null,
      notes: [
        `${count(judged.length, "task")} of ${tasks.length} need a judge, and --judge-llm is not set: their assertions are left out of the reward`,
      ],
    };
  }
  return { endpoint: resolveRoleEndpoint("judge", values, env), notes: [] };
}
