import type { EnvironmentConfig, Task, ToolDeclaration } from "@tau2/domains";
import type { UserSimulator } from "@tau2/user-sim";
import type { Agent } from "../agent/agent.ts";

/** What a participant is made for: one attempt at one simulation. */
export interface ParticipantContext {
  task: Task;
  environment: EnvironmentConfig;
  /** The policy of the environment. */
  policy: string;
  /** Of the trial or episode; null where none was given. */
  seed: number | null;
  /** Counted from 0. */
  trial: number;
}

/** What an agent is made for. */
export interface AgentContext extends ParticipantContext {
  /** The agent's tools; in solo mode the user's too. */
  tools: readonly ToolDeclaration[];
}

/** What a user is made for. */
export interface UserContext extends ParticipantContext {
  /** The user's tools as far as the task offers them; null for none. */
  tools: readonly ToolDeclaration[] | null;
}

/** Makes the agent of a simulation. @throws Tau2Error when it cannot play the task */
export type AgentFactory = (context: AgentContext) => Agent;

/** Makes the user of a simulation. */
export type UserFactory = (context: UserContext) => UserSimulator;
