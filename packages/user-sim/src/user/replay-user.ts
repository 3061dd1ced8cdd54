import { Tau2Error, type Message } from "@tau2/domains";
import type { UserSimulator } from "./user.ts";

/** Options of {@link replayUser}. */
export interface ReplayUserOptions {
  /** Messages of a recorded trajectory, including the task's history, as results files contain them. */
  messages: readonly Message[];
}

/**
 * Creates a user that repeats the user messages of a recorded trajectory in their order, whatever the agent says.
 * Its `respond` throws Tau2Error `replay_mismatch` after the last recorded message.
 * @example
 * ```ts
 * import { replayUser } from "@tau2/user-sim";
 *
 * const user = replayUser({
 *   messages: [
 *     { role: "assistant", content: "Hi! How can I help you today?", tool_calls: null },
 *     { role: "user", content: "Cancel my reservation, please.", tool_calls: null },
 *   ],
 * });
 * ```
 */
export function replayUser({ messages: recorded }: ReplayUserOptions): UserSimulator {
  const lines = recorded.filter((message) => message.role === "user");
  return {
    implementation: "replay_user",
    model: null,
    respond({ messages }) {
      const spoken = messages.filter((message) => message.role === "user").length;
      const line = lines[spoken];
      if (!line) {
        throw new Tau2Error(
          "replay_mismatch",
          `the recorded user spoke ${lines.length} times and has to speak once more: the agent deviated from the recording`,
        );
      }
      const { role, content, tool_calls } = line;
      return { role, content, tool_calls: tool_calls && tool_calls.length > 0 ? structuredClone(tool_calls) : null, cost: 0 };
    },
  };
}
