import { AsyncTau2BenchEnv, createExportedRun, type Tau2BenchKeywords } from "@tau2/gym/training";
import type { ExportedRun } from "@tau2/gym/internal";
import { loadGuidelines } from "@tau2/domains/data";
import { needsJudge } from "@tau2/orchestrator/evaluate";
import { modelDefaults } from "@tau2/user-sim/defaults";
import { getUserGuidelines } from "@tau2/user-sim/internal";
import { UsageError } from "../errors.ts";
import { getDataDirectory } from "../data/data-directory.ts";
import type { CliIo } from "../io.ts";
import { loadDomain } from "../domain/load-domain.ts";
import { type EndpointRequest, parseHeaders, type RoleEndpoint, resolveEndpoint } from "../config/endpoint.ts";
import { count } from "../ui/text.ts";
import type { ChosenPolicy } from "./choose-policy.ts";
import type { ComposedPart, ComposedRollout } from "../config/compose-rollout.ts";
import type { environmentKeys } from "../config/tables/environment-keys.ts";

/** An environment to play in, with notes about it. */
export interface ChosenEnvironment {
  readonly env: AsyncTau2BenchEnv;
  /** Metadata for exports. */
  readonly run: ExportedRun;
  /** The models of user and judge. */
  readonly endpoints: readonly RoleEndpoint[];
  readonly notes: readonly string[];
}

const alternative = "--user scripted does not need them";

type Part = ComposedPart<typeof environmentKeys>;

/** Request of {@link chooseEnvironment}. */
export interface EnvironmentChoice {
  readonly part: Part;
  readonly composed: ComposedRollout;
  readonly policy: ChosenPolicy;
  readonly io: CliIo;
  readonly started: string;
  readonly log: (line: string) => void;
}

/**
 * Creates an environment. With a policy that does not need a model, and without a user option, a script plays the user and no judge is used.
 * @throws UsageError for what cannot be found or asked; Tau2Error for values that the environment refuses
 */
export async function chooseEnvironment({ part, composed, policy, io, started, log }: EnvironmentChoice): Promise<ChosenEnvironment> {
  const { values } = part;
  const { user_api_key_env, judge_api_key_env, user_header, judge_header } = composed.program.values;
  const isScripted = values.user === "scripted" || (policy.endpoint === null && !isUserNamed(part));
  const user = isScripted
    ? null
    : resolveEndpoint(
        {
          role: "user",
          model: values.user_llm ?? modelDefaults.model,
          baseUrl: values.user_base_url,
          keyVariable: user_api_key_env,
          parameters: values.user_llm_args ?? null,
          headers: user_header,
          alternative,
        },
        io.env,
      );
  const judge = judgeEndpoint(values, user, { keyVariable: judge_api_key_env, headers: judge_header }, io.env);
  const dataDir = values.data_dir === null ? null : getDataDirectory(io, values.data_dir);
  const { name: _, seed, verbose, ...rest } = values;
  const keywords: Tau2BenchKeywords = {
    ...(rest as Tau2BenchKeywords),
    domain: await loadDomain(values.domain ?? "airline", io.cwd),
    data_dir: dataDir,
    user: isScripted ? "scripted" : null,
    ...(user
      ? { user_llm: user.model, user_base_url: user.baseUrl ?? null, user_api_key: user.apiKey, user_headers: user.headers ?? null }
      : {}),
    ...(judge
      ? { judge_llm: judge.model, judge_base_url: judge.baseUrl ?? null, judge_api_key: judge.apiKey, judge_headers: judge.headers ?? null }
      : {}),
    without_judge:
      values.without_judge === "not_graded" || (values.without_judge === undefined && policy.endpoint === null) ? "not_graded" : "error",
    seed,
    verbose: verbose ?? false,
    log: verbose ? log : null,
    is_async: true,
  };
  const env = new AsyncTau2BenchEnv(keywords);
  const endpoints = [user, judge].filter((each) => each !== null);
  return {
    env,
    run: describe(env, {
      part,
      policy,
      started,
      user,
      guidelines: values.user_guidelines ?? loadGuidelines({ dataDir })?.plain ?? getUserGuidelines().plain,
    }),
    endpoints,
    notes: [
      ...(isScripted && values.user !== "scripted"
        ? [`The ${policy.kind} policy does not need a model, so a script plays the user. Name a model with --user-llm.`]
        : []),
      ...judgeNotes(env, judge !== null),
    ],
  };
}

/** Returns true if the user's model is meant: a file always names one, so the command line or an endpoint must confirm it. */
function isUserNamed({ values, sources }: Part): boolean {
  return Boolean(values.user_base_url) || (sources.get("user_llm")?.source.startsWith("--") ?? false);
}

/** Default: the user's model judges as well. */
function judgeEndpoint(
  values: Part["values"],
  user: RoleEndpoint | null,
  { keyVariable, headers }: Pick<EndpointRequest, "keyVariable" | "headers">,
  env: CliIo["env"],
): RoleEndpoint | null {
  const { judge_llm: model, judge_base_url: baseUrl, judge_llm_args: parameters = null } = values;
  if (model) {
    const request = { model, baseUrl: baseUrl ?? values.user_base_url, keyVariable, headers, parameters, alternative };
    return resolveEndpoint({ role: "judge", ...request }, env);
  }
  if (!user) return null;
  const own = headers && headers.length > 0 ? parseHeaders("judge", headers) : user.headers;
  return { ...user, role: "judge", baseUrl: baseUrl ?? user.baseUrl, headers: own, parameters };
}

function judgeNotes({ datasets, config }: AsyncTau2BenchEnv, hasJudge: boolean): string[] {
  if (hasJudge) return [];
  const tasks = datasets[config.split];
  const judged = tasks.filter((task) => needsJudge(task));
  if (judged.length === 0) return [];
  const what = `${count(judged.length, "task")} of ${tasks.length} need a judge, and --judge-llm is not set`;
  if (config.without_judge === "not_graded") return [`${what}: what it would judge is left out of the reward`];
  throw new UsageError(`${what}: name one, or leave out what it would judge with --without-judge not_graded`);
}

interface Described extends Pick<EnvironmentChoice, "part" | "policy" | "started"> {
  user: RoleEndpoint | null;
  guidelines: string;
}

function describe(env: AsyncTau2BenchEnv, { part, policy, user, guidelines, started }: Described): ExportedRun {
  const { user_llm_args: userArgs } = part.values;
  return createExportedRun(env, {
    agent: {
      implementation: policy.endpoint ? "policy" : policy.kind,
      llm: policy.endpoint?.model ?? null,
      llmArgs: policy.endpoint ? policy.samplingArgs : null,
    },
    user: user
      ? { implementation: "user_simulator", llm: user.model, llmArgs: userArgs ? { ...userArgs } : null, guidelines }
      : { implementation: "scripted", llm: null },
    started,
    baseUrl: policy.endpoint?.baseUrl ?? null,
    samplingArgs: policy.samplingArgs,
    // A file names a model for the user, which a script may have replaced.
    envArgs: { ...part.values, ...(user ? { user_llm: user.model } : { user: "scripted", user_llm: null, user_llm_args: null }) },
  });
}
