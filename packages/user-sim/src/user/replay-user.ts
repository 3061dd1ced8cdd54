import { Tau2Error, type Message } from "@tau2/domains";
import type { UserSimulator } from "./user.ts";

/** Options of {@link replayUser}. */
export interface ReplayUserOptions {
  /** A recorded trajectory, whole: history included, as results files hold it. */
  messages: readonly Message[];
}

/**
 * Says again what the user said in a recorded trajectory, whatever the agent says now: the n-th time it speaks, the n-th recorded message.
 * @throws Tau2Error `replay_mismatch` when it is asked more often than the recorded user spoke.
 */
export function replayUser({ messages: recorded }: ReplayUserOptions): UserSimulator {
  const lines = recorded.filter((message) => message.role === "user");
  return {
    implementation: "replay_user",
    model: null,
    respond({ messages }) {
      const said = messages.filter((message) => message.role === "user").length;
      const line = lines[said];
      if (!line) {
        throw new Tau2Error(
          "replay_mismatch",
          `the recorded user spoke ${lines.length} times and is asked once more: the agent took another way than in the recording`,
        );
      }
      const { role, content, tool_calls } = line;
      return { role, content, tool_calls: tool_calls && tool_calls.length > 0 ? structuredClone(tool_calls) : null, cost: 0 };
    },
  };
}
