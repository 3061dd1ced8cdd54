import type { JsonObject } from "@tau2/domains";
import { loadGuidelines } from "@tau2/domains/data";
import { getErrorMessage } from "@tau2/domains/internal";
import type { UserFactory } from "@tau2/orchestrator";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import { llmUser, ModelError, openAiModel, scriptedUser, type ChatModel, type OpenAiModelOptions } from "@tau2/user-sim";
import type { UserGuidelines } from "@tau2/user-sim/internal";
import { type JudgeOption, isModel, type UserOption } from "../env/options.ts";
import type { Tau2BenchConfig } from "./config.ts";

/** Participants of an environment other than the model that learns. */
export interface Counterparts {
  user: UserOption;
  /** Null without a judge. */
  judge: JudgeOption | null;
}

/** Model behind an endpoint. */
export interface RemoteModel {
  endpoint: OpenAiModelOptions;
  /** Parameters of every request. */
  parameters: JsonObject;
}

/** User and judge behind endpoints. Null for one that is given as a value, or missing. */
export interface RemoteCounterparts {
  user: RemoteModel | null;
  judge: RemoteModel | null;
}

/** Address and secrets of an endpoint. */
interface Access {
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** Returns the models behind endpoints that the keywords name. The judge is the user's model, unless `judge_llm` names another one. */
export function getRemoteCounterparts(config: Tau2BenchConfig): RemoteCounterparts {
  const { user_llm, user_llm_args, judge_llm, judge_llm_args, request_timeout, max_response_bytes, max_retries } = config;
  const shared = { timeoutMs: request_timeout * 1000, maxRetries: max_retries, maxResponseBytes: max_response_bytes };
  const at = (role: "user" | "judge", model: string, { baseUrl, apiKey, headers }: Access): OpenAiModelOptions => {
    const advice = {
      timeout: "request_timeout",
      responseBytes: "max_response_bytes",
      key: `${role}_api_key, or the environment variable OPENAI_API_KEY`,
      parameters: `${role}_llm_args`,
    };
    return { model, ...shared, advice, baseUrl: baseUrl ?? undefined, apiKey: apiKey ?? undefined, headers: headers ?? undefined };
  };
  const own: Access = { baseUrl: config.user_base_url, apiKey: config.user_api_key, headers: config.user_headers };
  const user = config.user === null ? { endpoint: at("user", user_llm, own), parameters: getParameters(user_llm_args) } : null;
  const judgeName = config.judge === null ? (judge_llm ?? (user ? user_llm : null)) : null;
  if (judgeName === null) return { user, judge: null };
  // Keys and headers must not be sent to another endpoint than their own.
  const inherited: Access = config.judge_base_url === null ? own : { baseUrl: config.judge_base_url, apiKey: null, headers: null };
  const access: Access = {
    baseUrl: inherited.baseUrl,
    apiKey: config.judge_api_key ?? inherited.apiKey,
    headers: config.judge_headers ?? inherited.headers,
  };
  return { user, judge: { endpoint: at("judge", judgeName, access), parameters: getParameters(judge_llm_args) } };
}

/**
 * Creates a model. Checks its endpoint when the environment is created, not in an episode.
 * @throws ModelError `configuration` naming the keywords to set
 */
export function createModel(role: "user" | "judge", { endpoint }: RemoteModel): ChatModel {
  try {
    return openAiModel(endpoint);
  } catch (thrown) {
    const hint = `Here these are the keywords ${role}_api_key and ${role}_base_url${role === "user" ? '; user: "scripted" needs neither' : ""}`;
    throw new ModelError("configuration", `${getErrorMessage(thrown)}. ${hint}`, { cause: thrown });
  }
}

/** Creates user and judge; models are called with promises. @throws ModelError `configuration` without a key or an address */
export function createAsyncCounterparts(config: Tau2BenchConfig): Counterparts {
  const { user, judge } = getRemoteCounterparts(config);
  return {
    user: user ? createModelUser(createModel("user", user), user.parameters, getGuidelines(config)) : getGivenUser(config),
    judge: judge ? createModelJudge(createModel("judge", judge), judge.parameters) : getGivenJudge(config),
  };
}

/** Returns the user that is given as a value. */
export function getGivenUser(config: Tau2BenchConfig): UserOption {
  const { user } = config;
  if (user === "scripted" || user === null) return ({ task }) => scriptedUser({ task });
  return isModel(user) ? createModelUser(user, getParameters(config.user_llm_args), getGuidelines(config)) : user;
}

/** Returns the judge that is given as a value, or else the user's model. */
export function getGivenJudge({ judge, judge_llm_args, user }: Tau2BenchConfig): JudgeOption | null {
  const chosen = judge ?? (user !== null && typeof user === "object" && isModel(user) ? user : null);
  return chosen && isModel(chosen) ? createModelJudge(chosen, getParameters(judge_llm_args)) : chosen;
}

/** Returns the guidelines of the user's model. Undefined for our own text. */
export function getGuidelines({ user_guidelines, data_dir }: Tau2BenchConfig): string | UserGuidelines | undefined {
  return user_guidelines ?? loadGuidelines({ dataDir: data_dir }) ?? undefined;
}

function createModelUser(model: ChatModel, parameters: JsonObject, guidelines: string | UserGuidelines | undefined): UserFactory {
  return ({ task, tools, seed }) => llmUser({ model, scenario: task.user_scenario, tools, guidelines, parameters, seed });
}

function createModelJudge(model: ChatModel, parameters: JsonObject): (episode: { seed: number | null }) => NlJudge {
  return ({ seed }) => nlJudge({ model, parameters: seed === null ? parameters : { ...parameters, seed } });
}

function getParameters(given: JsonObject | null): JsonObject {
  return given && Object.keys(given).length > 0 ? given : { temperature: 0 };
}
