import { didYouMean } from "@tau2/domains/internal";
import { agentKinds, userKinds } from "@tau2/orchestrator";
import type { AgentKind, UserKind } from "@tau2/orchestrator/internal";
import { UsageError } from "../errors.ts";
import type { Composed } from "../config/compose.ts";
import { toFlagName } from "../config/option.ts";
import type { RunKey, runOptions } from "../config/tables/run-options.ts";
import { isModulePath } from "../import-module.ts";
import type { CliIo } from "../io.ts";
import { loadAgentModule, loadUserModule } from "./participant-module.ts";
import { resolveAgentAddress, resolveRoleEndpoint, type RoleEndpoint } from "../config/endpoint.ts";

/** A role: the name of its kind, and the endpoint of its model, if it has one. */
export interface Role<Kind> {
  readonly name: string;
  readonly kind: Kind;
  /** True for a participant of your own module; `name` is its file. */
  readonly isModule: boolean;
  readonly endpoint: RoleEndpoint | null;
}

/** Roles of a run. */
export interface Roles {
  /** `kind` is null for an agent behind an HTTP address. */
  readonly agent: Role<AgentKind | null>;
  readonly user: Role<UserKind>;
  readonly solo: boolean;
  /** True if no model was named at all, so that the gold agent and the scripted user play. */
  readonly keyless: boolean;
}

const createModelOptions = (["agent", "user"] as const).flatMap(
  (role) => [`${role}_llm`, `${role}_llm_args`, `${role}_base_url`, `${role}_api_key_env`, `${role}_header`] as const,
);
const sharedOptions = ["base_url", "api_key_env"] as const;

/**
 * Resolves the roles of a run. Without a model it is the gold agent and the scripted user; with one, nothing replaces a missing model silently.
 * @throws UsageError for unknown names, roles that do not go together, and models without key or endpoint.
 */
export async function resolveRoles(composed: Composed<typeof runOptions>, { env, cwd }: Pick<CliIo, "env" | "cwd">): Promise<Roles> {
  const { values } = composed;
  const http = values.agent !== undefined && /^https?:\/\//.test(values.agent) ? values.agent : null;
  const ownAgent = values.agent !== undefined && http === null && isModulePath(values.agent);
  const ownUser = values.user !== undefined && isModulePath(values.user);
  // An agent of your own is there to be measured, so nothing replaces a missing model.
  const modelsNamed = [...createModelOptions, ...sharedOptions].some((key) => values[key] !== undefined) || http !== null || ownAgent;
  const agentName = http ? "http_agent" : (values.agent ?? (modelsNamed ? "llm_agent" : "gold"));
  const agentKind = http ? null : ownAgent ? await loadAgentModule(agentName, cwd) : kindOf("agent", agentKinds, agentName);
  const modelsUsed = modelsNamed || (agentKind?.needsModel ?? false) || values.user === "user_simulator";
  const userName = values.user ?? (agentKind?.solo === "always" ? "dummy_user" : modelsUsed ? "user_simulator" : "scripted");
  const userKind = ownUser ? await loadUserModule(userName, cwd) : kindOf("user", userKinds, userName);
  const solo = getSolo(agentName, agentKind, userName, userKind);
  refuseIdle(composed, "agent", agentName, http !== null || agentKind!.needsModel, ownAgent);
  refuseIdle(composed, "user", userName, userKind.needsModel, ownUser);
  const agent = {
    name: agentName,
    kind: agentKind,
    isModule: ownAgent,
    endpoint: http ? resolveAgentAddress(http, values, env) : agentKind!.needsModel ? resolveRoleEndpoint("agent", values, env) : null,
  };
  const user = {
    name: userName,
    kind: userKind,
    isModule: ownUser,
    endpoint: userKind.needsModel ? resolveRoleEndpoint("user", values, env) : null,
  };
  return { agent, user, solo, keyless: !agent.endpoint && !user.endpoint };
}

function kindOf<Kind>(role: "agent" | "user", kinds: Readonly<Record<string, Kind>>, name: string): Kind {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind !== undefined) return kind;
  const own =
    role === "agent"
      ? "a module (.ts, .js, .mjs) or the base URL of an agent of your own"
      : "a module (.ts, .js, .mjs) with a user of your own";
  throw new UsageError(
    `no ${role} '${name}'${didYouMean(name, Object.keys(kinds)) || `. There are ${Object.keys(kinds).join(", ")}, or give ${own}`}`,
  );
}

function getSolo(agent: string, agentKind: AgentKind | null, user: string, userKind: UserKind): boolean {
  const possible = agentKind?.solo ?? "never";
  if (possible === "always" && !userKind.solo) {
    throw new UsageError(`--agent ${agent} works alone: leave --user out, or give --user dummy_user`);
  }
  if (possible === "never" && userKind.solo) {
    throw new UsageError(
      `--user ${user} does not speak, and --agent ${agent} needs a user; agents that work alone are llm_agent_solo, gold and noop`,
    );
  }
  return userKind.solo;
}

/** Rejects unused options of a role on the command line. In a preset they wait for a role that uses them. */
function refuseIdle(
  { values, sources }: Composed<typeof runOptions>,
  role: "agent" | "user",
  name: string,
  usesModel: boolean,
  isModule: boolean,
): void {
  if (usesModel) return;
  const own: readonly RunKey[] = [`${role}_llm`, `${role}_llm_args`, `${role}_base_url`, `${role}_api_key_env`, `${role}_header`];
  const idle = own.find((key) => values[key] !== undefined && sources.get(key)?.source === toFlagName(key));
  if (idle) {
    const reason = isModule ? "which creates its own model" : "which does not use a model";
    throw new UsageError(`${toFlagName(idle)} has no effect with --${role} ${name}, ${reason}; remove one of them`);
  }
}
