import { hasToolCalls, type Message, type ToolDeclaration } from "@tau2/domains";
import { parseHumanInput } from "./human-input.ts";
import { say } from "./say.ts";
import { STOP } from "./stop-tokens.ts";
import type { UserSimulator } from "./user.ts";

/** What a human is shown before they answer. */
export interface HumanPrompt {
  /** What came since they last spoke: the agent's words, answers of their tools. */
  news: readonly Message[];
  /** What they can do by themselves; null for nothing. */
  tools: readonly ToolDeclaration[] | null;
  /** Why their last line was not understood; null the first time. */
  problem: string | null;
}

/** Options of {@link humanUser}. */
export interface HumanUserOptions {
  /** Shows the prompt and returns the line that was typed; null when they have left, which hangs up. */
  ask: (prompt: HumanPrompt, signal?: AbortSignal) => string | null | Promise<string | null>;
  tools?: readonly ToolDeclaration[] | null;
}

/** A person. Where they type is the caller's matter: a terminal, a web page, a chat. How they call tools: see `parseHumanInput`. */
export function humanUser({ ask, tools = null }: HumanUserOptions): UserSimulator {
  return {
    implementation: "human_user",
    model: null,
    async respond({ messages, signal }) {
      const news = messages.slice(messages.findLastIndex((message) => message.role === "user") + 1);
      let problem: string | null = null;
      for (;;) {
        signal?.throwIfAborted();
        const line: string | null = await ask({ news, tools, problem }, signal);
        if (line === null) return say(STOP);
        const input = parseHumanInput(line, tools);
        if ("say" in input) return say(input.say);
        if ("call" in input) {
          const id = `human_call_${callsIn(messages) + 1}`;
          return { role: "user", content: null, tool_calls: [{ id, ...input.call, requestor: "user" }], cost: 0 };
        }
        problem = input.problem;
      }
    },
  };
}

function callsIn(messages: readonly Message[]): number {
  return messages.reduce((count, message) => count + (message.role === "user" && hasToolCalls(message) ? message.tool_calls.length : 0), 0);
}
