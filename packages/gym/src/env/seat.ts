import {
  policyOf,
  toolDeclaration,
  toolsOf,
  type EnvironmentSetup,
  type ParticipantMessage,
  type Requestor,
  type Task,
  type ToolDeclaration,
} from "@tau2/domains";
import type { AgentContext, ConversationRules, UserContext } from "@tau2/orchestrator";
import { filterUserTools } from "@tau2/user-sim";
import type { Frame, Side } from "../episode/frame.ts";

/** What makes the environment of one side different from that of the other. */
export interface Seat<Extra> {
  readonly learner: Side;
  /** In whose name the learner acts. */
  readonly requestor: Requestor;
  /** Who takes part in an episode, and whether a message of the agent ends it. */
  invite(contexts: Contexts): Pick<Frame, "participants"> & Pick<ConversationRules, "isAgentStop">;
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
export function contextsOf(environment: EnvironmentSetup, task: Task, seed: number | null): Contexts {
  const shared = { task, environment, policy: policyOf(environment), seed, trial: 0 };
  const declared = (side: Requestor): ToolDeclaration[] => toolsOf(environment, side).map(toolDeclaration);
  return {
    agent: { ...shared, tools: declared("assistant") },
    user: { ...shared, tools: filterUserTools(declared("user"), task.user_tools) },
  };
}
