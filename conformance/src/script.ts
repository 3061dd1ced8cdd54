import { Tau2Error, type AssistantMessage, type ToolCall, type UserMessage } from "@tau2/domains";
import type { Agent } from "@tau2/orchestrator";
import { replaceDone } from "@tau2/orchestrator/internal";
import type { UserSimulator } from "@tau2/user-sim";

/** Returns a scripted participant's next message, whatever it receives. */
export interface ScriptItem {
  content: string | null;
  tool_calls: ToolCall[] | null;
}

/** An agent that goes by a script. One that works alone says `###STOP###` in place of a call of `done`. */
export function scriptedAgent(script: readonly ScriptItem[], options: { solo: boolean; stopToken: string | null }): Agent {
  const next = reader(script, "agent");
  const { stopToken } = options;
  return {
    implementation: "scripted",
    model: null,
    respond() {
      const message: AssistantMessage = { role: "assistant", ...next(), cost: 0 };
      return options.solo ? replaceDone(message) : message;
    },
    isStop: ({ content }) => stopToken !== null && content !== null && content.includes(stopToken),
  };
}

/** A user that goes by a script. */
export function scriptedUser(script: readonly ScriptItem[]): UserSimulator {
  const next = reader(script, "user");
  return { implementation: "scripted", model: null, respond: (): UserMessage => ({ role: "user", ...next(), cost: 0 }) };
}

function reader(script: readonly ScriptItem[], who: string): () => ScriptItem {
  let at = 0;
  return () => {
    const item = script[at++];
    if (!item) throw new Tau2Error("script", `${who} script is exhausted`);
    return { content: item.content, tool_calls: item.tool_calls };
  };
}
