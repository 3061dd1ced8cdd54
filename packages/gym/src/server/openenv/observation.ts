import type { JsonObject, ToolDeclaration } from "@tau2/domains";
import type { EpisodeStatus } from "../core/episode-status.ts";
import { RESPOND_USER } from "./action.ts";

/** Result of a reset or a step in OpenEnv's form. */
export interface OpenEnvResult {
  /** Holds no `reward`, `done` or `metadata`: those have their place elsewhere. */
  observation: JsonObject;
  reward: number | null;
  done: boolean;
}

/** Converts an episode's status to OpenEnv's form; the observation includes `more`. */
export function toOpenEnvResult(standing: EpisodeStatus, more: object): OpenEnvResult {
  const { observation, reward, done, ...rest } = standing;
  return { observation: { ...observation, ...rest, ...more } as unknown as JsonObject, reward, done };
}

/** Converts a tool's result to OpenEnv's form. */
export function toToolResult(tool: string, { observation, error, invalid_action }: EpisodeStatus, known: readonly string[]): JsonObject {
  const failed = (kind: string, message: string): JsonObject => ({ tool_name: tool, result: null, error: { error_type: kind, message } });
  if (invalid_action !== null) return failed("invalid_args", invalid_action);
  if (error) return failed(error.class === "timeout" ? "timeout" : "transport_error", error.message);
  const [answer] = observation.messages;
  const text = observation.messages.map(({ content }) => content ?? "").join("\n");
  if (answer?.role !== "tool" || !answer.error) return { tool_name: tool, result: text, error: null };
  return failed(known.includes(tool) ? "execution_error" : "tool_not_found", text.replace(/^Error: /, ""));
}

/** A tool as MCP lists it; OpenEnv's own clients look for `input_schema`. */
export interface ListedTool {
  name: string;
  description: string;
  input_schema: JsonObject;
  inputSchema: JsonObject;
}

/** Lists the tools for a client that only calls tools: the learner's, and one that talks. */
export function toListedTools(tools: readonly ToolDeclaration[]): ListedTool[] {
  const own = tools.map(({ function: { name, description, parameters } }) => listed(name, description, parameters));
  return [...own, listed(RESPOND_USER, "Say something to the counterpart in the conversation, and get the answer.", words)];
}

const words: JsonObject = {
  type: "object",
  properties: { text: { type: "string", description: "Text to say." } },
  required: ["text"],
  additionalProperties: false,
};

function listed(name: string, description: string, schema: JsonObject): ListedTool {
  return { name, description, input_schema: schema, inputSchema: schema };
}
