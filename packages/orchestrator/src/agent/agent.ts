import type { AssistantMessage, Message, EnvironmentConfig, Task, ToolDeclaration } from "@tau2/domains";
import type { UserSimulator } from "@tau2/user-sim";

/** What an agent gets to answer. */
export interface AgentTurn {
  /** What the agent has seen: the user's texts, its own messages, and answers of its own calls; oldest first. Empty when it begins alone. */
  messages: readonly Message[];
  signal?: AbortSignal;
}

/**
 * Serves the customer. Holds no state of its own: what it says is a function of what it has seen.
 */
export interface Agent {
  /** Name in results files, such as `llm_agent`. */
  readonly implementation: string;
  /** Name of the model behind it; null when there is none. */
  readonly model: string | null;
  /** The next message. Agents without a model may answer at once. */
  respond(turn: AgentTurn): AssistantMessage | Promise<AssistantMessage>;
  /** Whether a message of its own ends the conversation. Left out: it cannot. */
  isStop?(message: AssistantMessage): boolean;
}

/** An agent that answers at once, since no model is asked. */
export interface ImmediateAgent extends Agent {
  respond(turn: AgentTurn): AssistantMessage;
}

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
