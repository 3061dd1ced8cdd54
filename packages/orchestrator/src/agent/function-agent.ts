import { Tau2Error, type AssistantMessage, type JsonObject } from "@tau2/domains";
import { parseCallArguments, type Usage } from "@tau2/domains/internal";
import type { Agent, AgentTurn } from "./agent.ts";

/**
 * Answer of an agent function: the text, or text and tool calls with their cost. Missing ids of calls are generated. Arguments may be the
 * JSON text that a model wrote.
 */
export type AgentAnswer =
  | string
  | {
      content?: string | null | undefined;
      tool_calls?:
        | readonly { id?: string | null | undefined; name: string; arguments?: JsonObject | string | null | undefined }[]
        | null
        | undefined;
      /** US dollars. By default null, for unknown. */
      cost?: number | null | undefined;
      usage?: Usage | null | undefined;
    };

/** Options of {@link functionAgent}. */
export interface FunctionAgentOptions {
  /** Name in results files. Default `function_agent`. */
  name?: string | undefined;
  /** Name of the model in results files. By default null. */
  model?: string | null | undefined;
  /** Returns whether one of its messages ends the conversation. By default none does. */
  isStop?: ((message: AssistantMessage) => boolean) | undefined;
}

/**
 * Creates an agent from a function of what the agent has seen. The function may be async and should not keep state between calls.
 * @example
 * ```ts
 * import { functionAgent } from "@tau2/orchestrator";
 *
 * const agent = functionAgent(({ messages }) => `You said: ${messages.at(-1)?.content}`);
 * ```
 */
export function functionAgent(answer: (turn: AgentTurn) => AgentAnswer | Promise<AgentAnswer>, options: FunctionAgentOptions = {}): Agent {
  const { name = "function_agent", model = null, isStop } = options;
  return {
    implementation: name,
    model,
    respond(turn) {
      const answered = answer(turn);
      return answered instanceof Promise ? answered.then((value) => toMessage(value, turn)) : toMessage(answered, turn);
    },
    isStop,
  };
}

function toMessage(answer: AgentAnswer, { messages }: AgentTurn): AssistantMessage {
  const { content = null, tool_calls, cost = null, usage = null } = typeof answer === "string" ? { content: answer } : answer;
  const calls = (tool_calls ?? []).map(({ id, name, arguments: args }, i) => ({
    id: id ?? `call_${messages.length}_${i + 1}`,
    name,
    arguments: toArguments(name, args),
    requestor: "assistant" as const,
  }));
  return { role: "assistant", content, tool_calls: calls.length > 0 ? calls : null, cost, usage };
}

function toArguments(name: string, written: unknown): JsonObject {
  const parsed = parseCallArguments(written);
  if ("arguments" in parsed) return parsed.arguments;
  throw new Tau2Error("protocol", `the arguments of the call of '${name}' are ${parsed.problem}; return a JSON object`);
}
