import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { decodeText, getErrorMessage } from "@tau2/domains/internal";
import { httpAgent, type AgentFactory, type UserFactory } from "@tau2/orchestrator";
import type { SimulationSpec } from "@tau2/orchestrator/internal";
import { nlJudge, type NlJudge } from "@tau2/orchestrator/evaluate";
import { openAiModel, type ChatModel } from "@tau2/user-sim";
import { getUserGuidelines, type UserGuidelines } from "@tau2/user-sim/internal";
import { loadGuidelines } from "@tau2/domains/data";
import { UsageError } from "../errors.ts";
import type { RunValues } from "../config/tables/run-options.ts";
import { type RoleEndpoint, createModelOptions, isOffline } from "../config/endpoint.ts";
import type { Roles } from "./roles.ts";
import type { SimulationScope, ModelRecorder } from "./model-recorder.ts";

/** The model behind an endpoint, as one simulation after the other asks it. */
function createModel(endpoint: RoleEndpoint, values: RunValues, tape: ModelRecorder): (take: SimulationScope) => ChatModel {
  const asked = isOffline(values) ? nobody(endpoint.model) : openAiModel(createModelOptions(endpoint, values));
  return (take) => tape.through(endpoint, asked, take);
}

/** Creates a placeholder for a model that is not called. */
function nobody(name: string): ChatModel {
  return { name, complete: () => Promise.reject(new Error(`model ${name} was called in a run without a network`)) };
}

/** Makes the agents of a run. */
export function createAgentFactory({ agent }: Roles, values: RunValues, cwd: string, tape: ModelRecorder): AgentFactory {
  const { kind, endpoint } = agent;
  const parameters = endpoint?.parameters ?? undefined;
  const prompt = readText(values.agent_prompt, cwd);
  if (kind) {
    const model = endpoint && createModel(endpoint, values, tape);
    return (context) => kind.factory({ model: model?.(context), parameters, prompt })(context);
  }
  const asked = createModelOptions(endpoint!, values);
  return ({ policy, tools, seed, task, trial }) =>
    httpAgent({
      wrap: (own) => tape.through(endpoint!, own, { task, trial, seed }),
      ...asked,
      baseUrl: asked.baseUrl!,
      policy,
      tools,
      seed,
      parameters,
      ...(prompt === undefined ? {} : { prompt }),
    });
}

/** Makes the users of a run. */
export function createUserFactory({ user }: Roles, values: RunValues, guidelines: UserGuidelines, tape: ModelRecorder): UserFactory {
  const { kind, endpoint } = user;
  const model = endpoint && createModel(endpoint, values, tape);
  return (context) => kind.factory({ model: model?.(context), parameters: endpoint?.parameters ?? undefined, guidelines })(context);
}

/** Makes the judges of a run. */
export function createJudgeFactory(
  endpoint: RoleEndpoint,
  values: RunValues,
  cwd: string,
  tape: ModelRecorder,
): (unit: SimulationSpec) => NlJudge {
  const model = createModel(endpoint, values, tape);
  const options = { parameters: endpoint.parameters ?? undefined, prompt: readText(values.judge_prompt, cwd) };
  return (unit) => nlJudge({ ...options, model: model(unit) });
}

/** The user's guidelines: from a file, else the data directory's, else the package's own. */
export function getGuidelines(values: Pick<RunValues, "user_guidelines">, dataDir: string | null, cwd: string): UserGuidelines {
  const text = readText(values.user_guidelines, cwd);
  return text === undefined ? (loadGuidelines({ dataDir }) ?? getUserGuidelines()) : { plain: text, tools: text };
}

/** A text file's content. @throws UsageError when it cannot be read. */
export function readText(file: string | undefined, cwd: string): string | undefined {
  if (file === undefined) return undefined;
  try {
    return decodeText(readFileSync(resolve(cwd, file)), file).trimEnd();
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${getErrorMessage(cause)}`, { cause });
  }
}
