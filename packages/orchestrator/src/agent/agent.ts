import type { AssistantMessage, EnvironmentConfig, Message, Task, ToolDeclaration } from "@tau2/domains";
import type { UserSimulator } from "@tau2/user-sim";

/** Input of an agent's next message. */
export interface AgentTurn {
  /**
   * Everything that the agent has seen, oldest first: the user's text, its own messages and the results of its own tool calls.
   * Empty at the start of solo mode.
   */
  messages: readonly Message[];
  /** Cancels the turn. */
  signal?: AbortSignal | undefined;
}

/** Agent that serves the customer. It is stateless: its message is a function of the turn. */
export interface Agent {
  /** Name in results files, such as `llm_agent`. */
  readonly implementation: string;
  /** Name of the agent's model; null for an agent without a model. */
  readonly model: string | null;
  /** Returns the next message, as a promise only if the agent has to wait for something. */
  respond(turn: AgentTurn): AssistantMessage | Promise<AssistantMessage>;
  /** Returns whether one of its messages ends the conversation. By default none does. */
  isStop?: ((message: AssistantMessage) => boolean) | undefined;
}

/** {@link Agent} that answers synchronously. */
export interface ImmediateAgent extends Agent {
  respond(turn: AgentTurn): AssistantMessage;
}

/** Context in which a participant is created: one attempt at one simulation. */
export interface ParticipantContext {
  task: Task;
  environment: EnvironmentConfig;
  /** Policy of the environment. */
  policy: string;
  /** Seed of the trial or episode; null without one. */
  seed: number | null;
  /** Counted from 0. */
  trial: number;
}

/** Context in which an agent is created. */
export interface AgentContext extends ParticipantContext {
  /** Tools of the agent, and in solo mode those of the user too. */
  tools: readonly ToolDeclaration[];
}

/** Context in which a user is created. */
export interface UserContext extends ParticipantContext {
  /** Tools of the user that the task offers; null without tools. */
  tools: readonly ToolDeclaration[] | null;
}

/** Creates the agent of a simulation. @throws Tau2Error if the agent does not accept the task */
export type AgentFactory = (context: AgentContext) => Agent;

/** Creates the user of a simulation. */
export type UserFactory = (context: UserContext) => UserSimulator;
