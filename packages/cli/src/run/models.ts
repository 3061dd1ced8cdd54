import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "@tau2/domains/core";
import { httpAgent, type AgentFactory, type UserFactory } from "@tau2/orchestrator";
import { openAiModel, userGuidelines, type ChatModel, type UserGuidelines } from "@tau2/user-sim";
import { loadGuidelines } from "@tau2/domains/data";
import { UsageError } from "../cli-error.ts";
import type { RunValues } from "../config/run-options.ts";
import type { RoleEndpoint } from "./endpoint.ts";
import type { Roles } from "./roles.ts";

/** The model behind an endpoint. */
export function modelAt({ model, baseUrl, apiKey }: RoleEndpoint, values: RunValues): ChatModel {
  return openAiModel({ model, baseUrl, apiKey, timeoutMs: (values.request_timeout ?? 300) * 1000 });
}

/** Makes the agents of a run. */
export function agentFactory({ agent }: Roles, values: RunValues, cwd: string): AgentFactory {
  const { kind, endpoint, parameters } = agent;
  const prompt = textOf(values.agent_prompt, cwd);
  if (kind) return kind.factory({ model: endpoint ? modelAt(endpoint, values) : undefined, parameters: parameters ?? undefined, prompt });
  const { baseUrl, apiKey, model } = endpoint!;
  const timeoutMs = (values.request_timeout ?? 300) * 1000;
  return ({ policy, tools, seed }) =>
    httpAgent({
      baseUrl: baseUrl!,
      apiKey,
      model,
      policy,
      tools,
      seed,
      timeoutMs,
      parameters: parameters ?? {},
      ...(prompt === undefined ? {} : { prompt }),
    });
}

/** Makes the users of a run. */
export function userFactory({ user: { kind, endpoint, parameters } }: Roles, values: RunValues, guidelines: UserGuidelines): UserFactory {
  return kind.factory({ model: endpoint ? modelAt(endpoint, values) : undefined, parameters: parameters ?? undefined, guidelines });
}

/** The user's guidelines: from a file, else the data directory's, else the package's own. */
export function guidelinesOf(values: RunValues, dataDir: string | null, cwd: string): UserGuidelines {
  const text = textOf(values.user_guidelines, cwd);
  return text === undefined ? (loadGuidelines({ dataDir }) ?? userGuidelines()) : { plain: text, tools: text };
}

/** A text file's content. @throws UsageError when it cannot be read. */
export function textOf(file: string | undefined, cwd: string): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(resolve(cwd, file), "utf8").trimEnd();
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}
