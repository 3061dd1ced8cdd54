import type { AssistantMessage, JsonObject, Usage } from "@tau2/domains";
import type { Agent, AgentTurn } from "./agent.ts";

/** What an agent function answers: just the text, or text, calls and what they cost. Ids of calls are made up where they are missing. */
export type AgentAnswer =
  | string
  | {
      content?: string | null;
      tool_calls?: readonly { id?: string; name: string; arguments: JsonObject }[] | null;
      /** US dollars; left out: unknown. */
      cost?: number | null;
      usage?: Usage | null;
    };

/** Options of {@link functionAgent}. */
export interface FunctionAgentOptions {
  /** Name in results files. */
  name?: string;
  /** Name of the model behind it, for results files. */
  model?: string | null;
  /** Whether a message of its own ends the conversation. Left out: it cannot. */
  isStop?(message: AssistantMessage): boolean;
}

/** A plain function as an agent. It gets what the agent has seen, and should hold nothing between calls. */
export function functionAgent(answer: (turn: AgentTurn) => AgentAnswer | Promise<AgentAnswer>, options: FunctionAgentOptions = {}): Agent {
  const { name = "function_agent", model = null, isStop } = options;
  return {
    implementation: name,
    model,
    respond(turn) {
      const said = answer(turn);
      return said instanceof Promise ? said.then((value) => message(value, turn)) : message(said, turn);
    },
    ...(isStop ? { isStop } : {}),
  };
}

function message(answer: AgentAnswer, { messages }: AgentTurn): AssistantMessage {
  const { content = null, tool_calls, cost = null, usage = null } = typeof answer === "string" ? { content: answer } : answer;
  const calls = (tool_calls ?? []).map(({ id, name, arguments: args }, i) => ({
    id: id ?? `call_${messages.length}_${i + 1}`,
    name,
    arguments: args,
    requestor: "assistant" as const,
  }));
  return { role: "assistant", content, tool_calls: calls.length > 0 ? calls : null, cost, usage };
}
