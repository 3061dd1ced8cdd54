import type { JsonObject } from "@tau2/domains";
import type { ServerOptions } from "@tau2/gym/server";
import { agentKinds, userKinds } from "@tau2/orchestrator";
import { nlJudge } from "@tau2/orchestrator/evaluate";
import { openAiModel, type ChatModel } from "@tau2/user-sim";
import { UsageError } from "../errors.ts";
import type { serveOptions } from "../config/tables/serve-options.ts";
import type { ComposedValues } from "../config/option.ts";
import type { CliIo } from "../io.ts";
import { resolveRoleEndpoint, type RunRole, type RoleEndpoint, createModelOptions } from "../config/endpoint.ts";
import { getGuidelines } from "../run/models.ts";

/** Options of a server. */
export type ServeValues = ComposedValues<typeof serveOptions>;

/** Counterparts of a server's episodes, and the endpoints of their models. */
export interface ServeCounterparts {
  readonly cast: Omit<ServerOptions, "domains">;
  readonly endpoints: readonly RoleEndpoint[];
}

/**
 * Creates the counterparts of a server. Nothing replaces a missing model silently.
 * @throws UsageError when a model's key or name is missing, or a user without a model was chosen and one is named
 */
export function createServeCounterparts(values: ServeValues, io: CliIo, dataDir: string | null): ServeCounterparts {
  const endpoints: RoleEndpoint[] = [];
  const createModel = (role: RunRole): { model: ChatModel; parameters: JsonObject | undefined } => {
    const endpoint = resolveRoleEndpoint(role, values, io.env);
    endpoints.push(endpoint);
    return { model: openAiModel(createModelOptions(endpoint, values)), parameters: endpoint.parameters ?? undefined };
  };
  const named = (role: RunRole) =>
    [`${role}_llm`, `${role}_llm_args`, `${role}_base_url`, `${role}_api_key_env`, `${role}_header`].some((key) => key in values);
  const hasUser = named("user") || values.user === "user_simulator";
  if (values.user === "scripted" && named("user")) {
    throw new UsageError("--user scripted does not use a model, and one is named for the user; remove one of them");
  }
  const user =
    hasUser &&
    userKinds.user_simulator.factory({
      ...createModel("user"),
      guidelines: getGuidelines(values, dataDir, io.cwd),
    });
  const agent = named("agent") && agentKinds.llm_agent.factory(createModel("agent"));
  const judge = named("judge") && nlJudge(createModel("judge"));
  return {
    cast: {
      ...(user ? { users: { user_simulator: user }, defaultUser: "user_simulator" } : {}),
      ...(agent ? { agents: { llm_agent: agent }, defaultAgent: "llm_agent" } : {}),
      ...(judge ? { judge } : {}),
      maxConcurrency: values.max_concurrency,
    },
    endpoints,
  };
}
