import type { Message, UserMessage } from "@tau2/domains";

/** What a user gets to answer. */
export interface UserTurn {
  /** What the user has seen: the agent's texts, its own messages, and answers of its own tools; oldest first. */
  messages: readonly Message[];
  signal?: AbortSignal;
}

/**
 * Plays the customer. Holds no state of its own: what it says is a function of what it has seen, so that a conversation can be
 * forked, replayed and resumed at any message.
 */
export interface UserSimulator {
  /** Name in results files, such as `user_simulator`. */
  readonly implementation: string;
  /** Name of the model behind it; null when there is none. */
  readonly model: string | null;
  /** The next message. Users without a model may answer at once. @throws ModelError */
  respond(turn: UserTurn): UserMessage | Promise<UserMessage>;
}
