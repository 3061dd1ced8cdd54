import { z } from "@hono/zod-openapi";
import type { JsonObject, ToolDeclaration } from "@tau2/domains";
import { getErrorMessage, parseCallArguments, rememberNumberKinds } from "@tau2/domains/internal";
import type { Action } from "../../action/action.ts";
import type { StatusResponse } from "../wire/response-schemas.ts";
import { describeIssues, parseJson } from "../rest/requests.ts";
import type { ErrorResponse } from "../rest/responses.ts";
import { actionSchema, callArgumentsSchema, parseAction, toArgumentsProblem } from "../rest/step-routes.ts";
import { jsonObjectSchema, sessionFields, withoutNulls } from "../wire/request-schemas.ts";

/** Request of a reset: the request of a session, and a name for the episode. */
export const resetSchema = z
  .strictObject({ ...sessionFields, episode_id: z.string().max(255).nullish() })
  .transform(withoutNulls)
  .openapi("OpenEnvReset");

const metadata = jsonObjectSchema.optional();
const listToolsAction = z.strictObject({ type: z.literal("list_tools"), metadata });
const callToolAction = z.strictObject({
  type: z.literal("call_tool"),
  tool_name: z.string(),
  arguments: callArgumentsSchema,
  metadata,
});
const textAction = z.strictObject({ text: z.string(), metadata });
const wrappedAction = z.strictObject({ action: z.string(), metadata });

/** Action of an OpenEnv client. */
export const openEnvActionSchema = z
  .union(
    [listToolsAction, callToolAction, textAction, wrappedAction, actionSchema],
    'an action is { "text": … }, { "content": …, "tool_calls": … }, { "type": "call_tool", "tool_name": …, "arguments": … } or { "type": "list_tools" }',
  )
  .openapi("OpenEnvAction");

/** Action of an OpenEnv client, parsed. */
export type OpenEnvAction = z.output<typeof openEnvActionSchema>;

/** Intent of an action: the list of tools, or a step. `tool` is set for a step of one tool, whose response has a form of its own. */
export type Intent = { kind: "tools" } | { kind: "step"; tool: string | null; action: Action | { invalid: string } };

/** Tool for messages to the user, for clients that only call tools. */
const RESPOND_USER = "respond_user";

/** Returns the intent of an action. */
export function parseIntent(action: OpenEnvAction): Intent {
  if (typeof action === "string") return { kind: "step", tool: null, action };
  if ("type" in action && action.type === "list_tools") return { kind: "tools" };
  if ("type" in action && action.type === "call_tool") {
    const { tool_name, arguments: args } = action as z.output<typeof callToolAction>;
    return { kind: "step", tool: tool_name, action: toToolAction(tool_name, args) };
  }
  if ("text" in action && typeof action.text === "string") return { kind: "step", tool: null, action: action.text };
  if ("action" in action && typeof action.action === "string") return { kind: "step", tool: null, action: action.action };
  return { kind: "step", tool: null, action: parseAction(action) };
}

/** Converts a tool call to the action of a step. */
export function toToolAction(name: string, written: unknown): Action | { invalid: string } {
  const parsed = parseCallArguments(written);
  if ("problem" in parsed) return { invalid: toArgumentsProblem(name, parsed.problem) };
  rememberNumberKinds(parsed.arguments);
  if (name !== RESPOND_USER) return { tool_calls: [{ name, arguments: parsed.arguments }] };
  const { text } = parsed.arguments;
  return typeof text === "string" ? { content: text } : { invalid: `${RESPOND_USER} requires { "text": message to the user }` };
}

/** Result of a reset or a step in OpenEnv's form. */
export interface OpenEnvResult {
  /** Observation without `reward`, `done` and `metadata`, which OpenEnv's clients read from the result. */
  observation: JsonObject;
  reward: number | null;
  done: boolean;
}

/** Converts an episode's status to OpenEnv's form; the observation includes `more`. */
export function toOpenEnvResult(status: StatusResponse, more: object): OpenEnvResult {
  const { observation, reward, done, ...rest } = status;
  return { observation: { ...observation, ...rest, ...more } as unknown as JsonObject, reward, done };
}

/** Converts a tool's result to OpenEnv's form. */
export function toToolResult(tool: string, { observation, error, invalid_action }: StatusResponse, known: readonly string[]): JsonObject {
  const createFailure = (kind: string, message: string): JsonObject => ({
    tool_name: tool,
    result: null,
    error: { error_type: kind, message },
  });
  if (invalid_action !== null) return createFailure("invalid_args", invalid_action);
  if (error) return createFailure(error.class === "timeout" ? "timeout" : "transport_error", error.message);
  const [answer] = observation.messages;
  const text = observation.messages.map(({ content }) => content ?? "").join("\n");
  if (answer?.role !== "tool" || !answer.error) return { tool_name: tool, result: text, error: null };
  return createFailure(known.includes(tool) ? "execution_error" : "tool_not_found", text.replace(/^Error: /, ""));
}

/** Tool in MCP's form. OpenEnv's clients read `input_schema`. */
export interface ListedTool {
  name: string;
  description: string;
  input_schema: JsonObject;
  inputSchema: JsonObject;
}

/** Lists the tools for a client that only calls tools: the learner's, and one for messages to the counterpart. */
export function toListedTools(tools: readonly ToolDeclaration[]): ListedTool[] {
  const own = tools.map(({ function: { name, description, parameters } }) => toListedTool(name, description, parameters));
  return [
    ...own,
    toListedTool(RESPOND_USER, "Say something to the counterpart in the conversation, and get the answer.", respondUserParameters),
  ];
}

const respondUserParameters: JsonObject = {
  type: "object",
  properties: { text: { type: "string", description: "Text to say." } },
  required: ["text"],
  additionalProperties: false,
};

function toListedTool(name: string, description: string, schema: JsonObject): ListedTool {
  return { name, description, input_schema: schema, inputSchema: schema };
}

const observationSchema = z.looseObject({
  text: z.string().describe("the new messages as text"),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullable() })).describe("the new messages"),
  terminated: z.boolean(),
  truncated: z.boolean(),
  termination_reason: z.string().nullable(),
  error: z.looseObject({ message: z.string() }).nullable().describe("fault of another role than the learner; the reward is null"),
});

const stateSchema = z.looseObject({ episode_id: z.string().nullable(), step_count: z.int().min(0) });

/** Returns the JSON schemas of actions, observations and states. */
export function getOpenEnvSchemas(): { action: object; observation: object; state: object } {
  const action = z.toJSONSchema(openEnvActionSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      if ((zodSchema as unknown) === jsonObjectSchema) jsonSchema.type = "object";
    },
  });
  return { action, observation: z.toJSONSchema(observationSchema), state: z.toJSONSchema(stateSchema) };
}

/** Message of a client over a WebSocket. */
export type SocketMessage =
  | { type: "reset"; data: z.output<typeof resetSchema> }
  | { type: "step"; data: OpenEnvAction }
  | { type: "state" }
  | { type: "close" }
  | { type: "mcp"; data: unknown };

/** Error codes of OpenEnv. The connection ends after the last two. */
export type SocketErrorCode =
  | "INVALID_JSON"
  | "UNKNOWN_TYPE"
  | "VALIDATION_ERROR"
  | "EXECUTION_ERROR"
  | "CAPACITY_REACHED"
  | "SESSION_ERROR";

/** Error message of the server. */
export interface ErrorMessage {
  type: "error";
  data: { message: string; code: SocketErrorCode } & JsonObject;
}

const messageTypes = ["reset", "step", "state", "close", "mcp"] as const;
const envelope = z.strictObject({ type: z.string(), data: z.unknown().optional() });

/** Parses a message. Returns an error message if it is malformed. */
export function parseSocketMessage(text: string): SocketMessage | ErrorMessage {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (thrown) {
    return createErrorMessage("INVALID_JSON", getErrorMessage(thrown));
  }
  const parsed = envelope.safeParse(value);
  if (!parsed.success) return toValidationError(parsed.error, "the message");
  const { type, data } = parsed.data;
  switch (type) {
    case "reset":
      return parseData("reset", resetSchema, data ?? {});
    case "step":
      return parseData("step", openEnvActionSchema, data);
    case "state":
    case "close":
      return { type };
    case "mcp":
      return { type, data };
    default:
      return createErrorMessage("UNKNOWN_TYPE", `unknown message type '${type.slice(0, 100)}'; known types are ${messageTypes.join(", ")}`);
  }
}

function parseData(type: "reset" | "step", schema: z.ZodType, data: unknown): SocketMessage | ErrorMessage {
  const parsed = schema.safeParse(data);
  return parsed.success ? ({ type, data: parsed.data } as SocketMessage) : toValidationError(parsed.error, `the data of the ${type}`);
}

function toValidationError({ issues }: z.ZodError, what: string): ErrorMessage {
  const errors = issues.map(({ path, message }) => ({ path: path.map(String), message }));
  return createErrorMessage("VALIDATION_ERROR", `${what} is wrong: ${describeIssues(issues)}`, { errors });
}

function createErrorMessage(code: SocketErrorCode, message: string, details: JsonObject = {}): ErrorMessage {
  return { type: "error", data: { message, code, ...details } };
}

/** Converts an error response to a message. `ends` is true if the server closes the connection after it. */
export function toErrorMessage({ body }: ErrorResponse): { message: ErrorMessage; ends: boolean } {
  const { code, message, ...details } = body.error;
  const known = socketErrorCodes[code] ?? "EXECUTION_ERROR";
  return {
    message: createErrorMessage(known, message, { reason_code: code, ...details }),
    ends: known === "CAPACITY_REACHED" || known === "SESSION_ERROR",
  };
}

const socketErrorCodes: Readonly<Record<string, SocketErrorCode>> = {
  invalid: "VALIDATION_ERROR",
  not_found: "VALIDATION_ERROR",
  unsupported: "VALIDATION_ERROR",
  capacity: "CAPACITY_REACHED",
  gone: "SESSION_ERROR",
  draining: "SESSION_ERROR",
};
