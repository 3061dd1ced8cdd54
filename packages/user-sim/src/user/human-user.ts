import { hasToolCalls, type Json, type JsonObject, type Message, type ToolDeclaration } from "@tau2/domains";
import { isRecord } from "@tau2/domains/internal";
import { createUserMessage, OUT_OF_SCOPE, STOP, TRANSFER } from "./stop-tokens.ts";
import type { UserSimulator } from "./user.ts";

/** Prompt for a person's next line. */
export interface HumanPrompt {
  /** Messages since the person's last one: the agent's text, and the results of the person's tool calls. */
  news: readonly Message[];
  /** Tools that the person can call; null without tools. */
  tools: readonly ToolDeclaration[] | null;
  /** Why the previous line was not understood; null for the first line of a turn. */
  problem: string | null;
}

/** Options of {@link humanUser}. */
export interface HumanUserOptions {
  /** Shows the prompt and returns the typed line. Null ends the conversation. */
  ask: (prompt: HumanPrompt, signal?: AbortSignal) => string | null | Promise<string | null>;
  /** Tools that the person can call. By default none. */
  tools?: readonly ToolDeclaration[] | null | undefined;
}

/**
 * Creates a user that a person plays in a terminal, a web page or a chat. Lines such as `/toggle_data` call tools, and `/stop` ends the
 * conversation.
 * @example
 * ```ts
 * import { createInterface } from "node:readline/promises";
 * import { humanUser } from "@tau2/user-sim";
 *
 * const terminal = createInterface({ input: process.stdin, output: process.stdout });
 * const user = humanUser({ ask: ({ problem }) => terminal.question(`${problem ?? "You are the customer:"} `) });
 * ```
 */
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
        if (line === null) return createUserMessage(STOP);
        const input = parseHumanInput(line, tools);
        if ("say" in input) return createUserMessage(input.say);
        if ("call" in input) {
          const id = `human_call_${countCalls(messages) + 1}`;
          return { role: "user", content: null, tool_calls: [{ id, ...input.call, requestor: "user" }], cost: 0 };
        }
        problem = input.problem;
      }
    },
  };
}

function countCalls(messages: readonly Message[]): number {
  return messages.reduce((count, message) => count + (message.role === "user" && hasToolCalls(message) ? message.tool_calls.length : 0), 0);
}

/** A line that a person typed: text, a tool call, or why it could not be understood. */
type HumanInput = { say: string } | { call: { name: string; arguments: JsonObject } } | { problem: string };

const endings: Readonly<Record<string, string>> = { stop: STOP, transfer: TRANSFER, "out-of-scope": OUT_OF_SCOPE };

/**
 * Parses a line. `/stop`, `/transfer` and `/out-of-scope` end the conversation. `/toggle_data`, `/set_mode mode=4g roaming=true` and
 * `/set_mode {"mode": "4g"}` call a tool. `//` starts text with a slash; all other lines are text.
 */
export function parseHumanInput(line: string, tools: readonly ToolDeclaration[] | null): HumanInput {
  const text = line.trim();
  if (text === "") return { problem: "Say something, or end the conversation with /stop." };
  if (text.startsWith("//")) return { say: text.slice(1) };
  const command = /^\/(\S*)\s*(.*)$/s.exec(text);
  if (!command) return { say: text };
  const [, name = "", rest = ""] = command;
  if (Object.hasOwn(endings, name) && rest === "") return { say: endings[name] ?? STOP };
  const tool = tools?.find((offered) => offered.function.name === name);
  if (!tool) return { problem: `/${name} is not a command. Commands: ${getHumanCommands(tools).join(", ")}.` };
  const args = parseArguments(rest, tool);
  return args
    ? { call: { name, arguments: args } }
    : { problem: `Arguments are written /${name} key=value other="two words", or as a JSON object.` };
}

/** Lists the commands that {@link humanUser} understands, for a prompt or a help text. */
export function getHumanCommands(tools: readonly ToolDeclaration[] | null): string[] {
  return [...Object.keys(endings), ...(tools ?? []).map((tool) => tool.function.name)].map((name) => `/${name}`);
}

function parseArguments(text: string, tool: ToolDeclaration): JsonObject | null {
  if (text.startsWith("{")) {
    const value = parseJson(text);
    return isRecord(value) ? value : null;
  }
  const properties = tool.function.parameters["properties"];
  const args: JsonObject = {};
  const left = text.replace(/(\w+)=("(?:[^"\\]|\\.)*"|[^\s"]+)(?=\s|$)/g, (_, key: string, value: string) => {
    const declared = isRecord(properties) && isRecord(properties[key]) ? properties[key]["type"] : undefined;
    const parsed = declared === "string" && !value.startsWith('"') ? undefined : parseJson(value);
    args[key] = parsed === undefined ? value : parsed;
    return "";
  });
  return left.trim() === "" ? args : null;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
