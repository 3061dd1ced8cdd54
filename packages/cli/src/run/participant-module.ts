import type { AgentKind, UserKind } from "@tau2/orchestrator/internal";
import type { AgentFactory, UserFactory } from "@tau2/orchestrator";
import { getErrorMessage, isRecord } from "@tau2/domains/internal";
import { UsageError } from "../errors.ts";
import { loadExport, type ExportKind } from "../import-module.ts";

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
