import { createContexts, type AgentKind, type UserKind } from "@tau2/orchestrator/internal";
import type { AgentFactory, UserFactory } from "@tau2/orchestrator";
import type { EnvironmentConfig, Task } from "@tau2/domains";
import { getErrorMessage, isRecord } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";
import { loadExport, type ExportKind } from "../import-module.ts";
import type { Roles } from "./roles.ts";

/** Loads the agent factory that a module exports. @throws UsageError when it does not export one */
export async function loadAgentModule(file: string, cwd: string): Promise<AgentKind> {
  const factory = await loadExport(file, cwd, createExportKind<AgentFactory>("agent"));
  return { needsModel: false, solo: "either", factory: () => (context) => checkParticipant("agent", file, () => factory(context)) };
}

/** Loads the user factory that a module exports. @throws UsageError when it does not export one */
export async function loadUserModule(file: string, cwd: string): Promise<UserKind> {
  const factory = await loadExport(file, cwd, createExportKind<UserFactory>("user"));
  return { needsModel: false, solo: false, factory: () => (context) => checkParticipant("user", file, () => factory(context)) };
}

function createExportKind<T>(role: "agent" | "user"): ExportKind<T> {
  return {
    name: role === "agent" ? "an agent factory" : "a user factory",
    advice: `export one function (context) => ${role}, as the default or by name; its type is ${role === "agent" ? "AgentFactory" : "UserFactory"} of @tau2/orchestrator`,
    accepts: (value): value is T => typeof value === "function",
  };
}

/** Creates a participant of a module. @throws UsageError when the module's function throws, or returns something else */
function checkParticipant<T>(role: "agent" | "user", file: string, create: () => T): T {
  let created: T;
  try {
    created = create();
  } catch (cause) {
    throw new UsageError(`--${role} ${file}: the ${role} could not be created: ${getErrorMessage(cause)}`, { cause });
  }
  if (isRecord(created) && typeof created["respond"] === "function") return created;
  const returned = created instanceof Promise ? "a promise" : typeof created;
  throw new UsageError(
    `--${role} ${file}: its function returned ${returned}, not ${role === "agent" ? "an agent" : "a user"} with respond(turn)`,
  );
}

/** A participant's names in results files. */
export interface ParticipantNames {
  readonly implementation: string;
  readonly llm: string | null;
}

/**
 * Returns the names of agent and user. Those of a module are created once, for the first task, so that a wrong module stops the run before
 * anything is stored.
 * @throws UsageError for a module that does not make a participant
 */
export function nameParticipants({ agent, user }: Roles, environment: EnvironmentConfig, task: Task, seed: number | null) {
  const contexts = createContexts(environment, { task, seed, trial: 0 });
  return {
    agent: getNames(agent, () => agent.kind!.factory({})(contexts.agent)),
    user: getNames(user, () => user.kind.factory({})(contexts.user)),
  };
}

function getNames(
  { name, isModule, endpoint }: Roles["agent"] | Roles["user"],
  create: () => { readonly implementation: string; readonly model: string | null },
): ParticipantNames {
  if (!isModule) return { implementation: name, llm: endpoint?.model ?? null };
  const { implementation, model } = create();
  return { implementation, llm: model };
}
