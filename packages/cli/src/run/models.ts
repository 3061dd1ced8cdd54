import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { getErrorMessage } from "@tau2/domains/internal";
import { httpAgent, type AgentFactory, type SimulationSpec, type UserFactory } from "@tau2/orchestrator";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import { openAiModel, type ChatModel, type UserGuidelines } from "@tau2/user-sim";
import { getUserGuidelines } from "@tau2/user-sim/internal";
import { loadGuidelines } from "@tau2/domains/data";
import { UsageError } from "../errors.ts";
import type { RunValues } from "../config/run-options.ts";
import { type RoleEndpoint, modelOptions, isOffline } from "./endpoint.ts";
import { parametersOf, type Roles } from "./roles.ts";
import type { Take, Tape } from "./model-recorder.ts";

/** The model behind an endpoint, as one simulation after the other asks it. */
function modelAt(endpoint: RoleEndpoint, values: RunValues, tape: Tape): (take: Take) => ChatModel {
  const asked = isOffline(values) ? nobody(endpoint.model) : openAiModel(modelOptions(endpoint, values.request_timeout));
  return (take) => tape.through(endpoint, asked, take);
}

/** What stands for a model that is not asked. */
function nobody(name: string): ChatModel {
  return { name, complete: () => Promise.reject(new Error(`model ${name} was asked in a run without a network`)) };
}

/** Makes the agents of a run. */
export function agentFactory({ agent }: Roles, values: RunValues, cwd: string, tape: Tape): AgentFactory {
  const { kind, endpoint, parameters } = agent;
  const prompt = textOf(values.agent_prompt, cwd);
  if (kind) {
    const model = endpoint && modelAt(endpoint, values, tape);
    return (context) => kind.factory({ model: model?.(context), parameters: parameters ?? undefined, prompt })(context);
  }
  const asked = modelOptions(endpoint!, values.request_timeout);
  return ({ policy, tools, seed, task, trial }) =>
    httpAgent({
      wrap: (own) => tape.through(endpoint!, own, { task, trial, seed }),
      ...asked,
      baseUrl: asked.baseUrl!,
      policy,
      tools,
      seed,
      parameters: parameters ?? {},
      ...(prompt === undefined ? {} : { prompt }),
    });
}

/** Makes the users of a run. */
export function userFactory({ user }: Roles, values: RunValues, guidelines: UserGuidelines, tape: Tape): UserFactory {
  const { kind, endpoint, parameters } = user;
  const model = endpoint && modelAt(endpoint, values, tape);
  return (context) => kind.factory({ model: model?.(context), parameters: parameters ?? undefined, guidelines })(context);
}

/** Makes the judges of a run. */
export function judgeFactory(endpoint: RoleEndpoint, values: RunValues, cwd: string, tape: Tape): (unit: SimulationSpec) => NlJudge {
  const model = modelAt(endpoint, values, tape);
  const options = { parameters: parametersOf(values.judge_llm_args), prompt: textOf(values.judge_prompt, cwd) };
  return (unit) => nlJudge({ ...options, model: model(unit) });
}

/** The user's guidelines: from a file, else the data directory's, else the package's own. */
export function guidelinesOf(values: RunValues, dataDir: string | null, cwd: string): UserGuidelines {
  const text = textOf(values.user_guidelines, cwd);
  return text === undefined ? (loadGuidelines({ dataDir }) ?? getUserGuidelines()) : { plain: text, tools: text };
}

/** A text file's content. @throws UsageError when it cannot be read. */
export function textOf(file: string | undefined, cwd: string): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, file), "utf8").trimEnd();
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}
