import type { AssistantMessage, Message } from "@tau2/domains";

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
