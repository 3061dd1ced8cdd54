import {
  getPolicy,
  toToolDeclaration,
  getTools,
  type EnvironmentConfig,
  type ParticipantMessage,
  type Requestor,
  type Task,
  type ToolDeclaration,
} from "@tau2/domains";
import type { AgentContext, ConversationRules, UserContext } from "@tau2/orchestrator";
import { filterUserTools } from "@tau2/user-sim";
import type { EpisodeContext, Side } from "../episode/frame.ts";

/** What makes the environment of one side different from that of the other. */
export interface LearnerRole<Extra> {
  readonly learner: Side;
  /** In whose name the learner acts. */
  readonly requestor: Requestor;
  /** Who takes part in an episode, and whether a message of the agent ends it. */
  createParticipants(contexts: Contexts): Pick<EpisodeContext, "participants"> & Pick<ConversationRules, "isAgentStop">;
  /** What the learner is told beyond what every learner is told. */
  extra(contexts: Contexts): Extra;
  /** What becomes of the learner's message before anybody sees it. */
  prepare(message: ParticipantMessage): ParticipantMessage;
}

/** What participants are made for, the agent's and the user's side of it. */
export interface Contexts {
  agent: AgentContext;
  user: UserContext;
}

/** The contexts of an episode. */
export function createContexts(environment: EnvironmentConfig, task: Task, seed: number | null): Contexts {
  const shared = { task, environment, policy: getPolicy(environment), seed, trial: 0 };
  const declared = (side: Requestor): ToolDeclaration[] => getTools(environment, side).map(toToolDeclaration);
  return {
    agent: { ...shared, tools: declared("assistant") },
    user: { ...shared, tools: filterUserTools(declared("user"), task.user_tools) },
  };
}
