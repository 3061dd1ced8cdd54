import type { Message, ToolDeclaration, UserMessage } from "@tau2/domains";

/** Input of a user's next message. */
export interface UserTurn {
  /** Everything that the user has seen, oldest first: the agent's text, its own messages and the results of its own tool calls. */
  messages: readonly Message[];
  /** Cancels the turn. */
  signal?: AbortSignal | undefined;
}

/**
 * Simulator of the customer. It is stateless: its message is a function of the turn, so that a conversation can be forked, replayed and
 * resumed at any message.
 */
export interface UserSimulator {
  /** Name in results files, such as `user_simulator`. */
  readonly implementation: string;
  /** Name of the user's model; null for a user without a model. */
  readonly model: string | null;
  /** Returns the next message, as a promise only if the user has to wait for something. @throws ModelError */
  respond(turn: UserTurn): UserMessage | Promise<UserMessage>;
}

/**
 * Returns the tools that are offered to a simulated user: all user tools, or those in the task's `user_tools` (docs/spec/core.md#5).
 * The result is null, not an empty list, if there aren't any or if the task names an unknown tool. Execution is not limited: the environment
 * runs every user tool.
 */
export function filterUserTools(tools: readonly ToolDeclaration[], names: readonly string[] | null | undefined): ToolDeclaration[] | null {
  const known = new Set(tools.map((tool) => tool.function.name));
  if (names?.some((name) => !known.has(name))) return null;
  const offered = names ? tools.filter((tool) => names.includes(tool.function.name)) : [...tools];
  return offered.length > 0 ? offered : null;
}
