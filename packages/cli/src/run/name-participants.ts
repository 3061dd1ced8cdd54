import type { EnvironmentConfig, Task } from "@tau2/domains";
import { createContexts } from "@tau2/orchestrator/internal";
import type { Roles } from "./roles.ts";

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
