import { z } from "@hono/zod-openapi";
import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { ServerError } from "../core/server-error.ts";
import { describeIssues } from "../rest/requests.ts";
import type { ErrorResponse } from "../rest/responses.ts";
import { resetSchema, toToolAction, type OpenEnvResult } from "./messages.ts";
import type { OpenEnvConnection } from "./connection.ts";

type Id = string | number | null;

/** JSON-RPC response. */
export type RpcResponse = { jsonrpc: "2.0"; id: Id } & (
  | { result: unknown }
  | { error: { code: number; message: string; data?: JsonObject } }
);

const requestSchema = z.looseObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number()]).nullish(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});

/** Context of a JSON-RPC request. */
export interface RpcOptions {
  /** Returns the connection to the session of a request, by default to that of the client. @throws ServerError `not_found`, `gone` */
  connectTo(sessionId: string | undefined): OpenEnvConnection;
  /** Access to sessions; null for a WebSocket, which is its session. */
  sessions: { create(request: z.output<typeof resetSchema>): Promise<string>; close(sessionId: string): Promise<void> } | null;
  /** Version of the server. */
  version: string;
  toErrorResponse(thrown: unknown): ErrorResponse;
  signal: AbortSignal;
}

const serverError = -32_000;
const invalidRequest = -32_600;
const methodNotFound = -32_601;
const invalidParams = -32_602;
const codes: Readonly<Record<string, number>> = { invalid: invalidParams, not_found: invalidParams, gone: invalidParams };

/** Handles an MCP request in OpenEnv's dialect: lists and calls the tools of an episode. Never throws. */
export async function handleRpc(value: unknown, options: RpcOptions): Promise<RpcResponse> {
  const parsed = requestSchema.safeParse(value);
  const id = isRecord(value) && (typeof value["id"] === "string" || typeof value["id"] === "number") ? value["id"] : null;
  const createError = (code: number, message: string, data?: JsonObject): RpcResponse => {
    return { jsonrpc: "2.0", id, error: { code, message, ...(data ? { data } : {}) } };
  };
  if (!parsed.success) return createError(invalidRequest, 'a request is { "jsonrpc": "2.0", "id": …, "method": …, "params": { … } }');
  const { method, params = {} } = parsed.data;
  if (!Object.hasOwn(methods, method)) {
    return createError(methodNotFound, `no method '${method}'; available: ${Object.keys(methods).join(", ")}`);
  }
  try {
    return { jsonrpc: "2.0", id, result: await methods[method]!(params, options) };
  } catch (thrown) {
    const { code, message, ...details } = options.toErrorResponse(thrown).body.error;
    return createError(codes[code] ?? serverError, message, { code, ...details });
  }
}

type Method = (params: Record<string, unknown>, options: RpcOptions) => unknown;

const methods: Readonly<Record<string, Method>> = {
  initialize: (params, { version }) => ({
    protocolVersion: getText(params, "protocolVersion") ?? "2025-06-18",
    capabilities: { tools: {} },
    serverInfo: { name: "tau2", version },
  }),
  ping: () => ({}),
  "tools/list": async (params, { connectTo, signal }) => ({ tools: await connectTo(getText(params, "session_id")).listTools(signal) }),
  "tools/call": async (params, { connectTo, signal }) => {
    const name = getText(params, "name");
    if (name === undefined) throw new ServerError("invalid", "params.name is missing: send the name of a tool");
    const step = { kind: "step", tool: name, action: toToolAction(name, params["arguments"]) } as const;
    return toCallResult(await connectTo(getText(params, "session_id")).act(step, { signal }));
  },
  "openenv/session/create": async (params, { connectTo, sessions }) => {
    if (!sessions) return { session_id: connectTo(undefined).sessionId };
    return { session_id: await sessions.create(parseParams(resetSchema, params)) };
  },
  "openenv/session/close": async (params, { sessions }) => {
    const sessionId = getText(params, "session_id");
    if (sessionId === undefined) throw new ServerError("invalid", "params.session_id is missing: send the id of a session");
    if (!sessions) throw new ServerError("invalid", "the session of a WebSocket cannot be closed alone: close the WebSocket");
    await sessions.close(sessionId);
    return { session_id: sessionId, closed: true };
  },
};

function toCallResult({ observation, reward, done }: OpenEnvResult): JsonObject {
  const { error, result } = observation;
  const text = isRecord(error) ? error["message"] : result;
  return { content: [{ type: "text", text: typeof text === "string" ? text : "" }], isError: isRecord(error), _meta: { reward, done } };
}

function getText(params: Record<string, unknown>, key: string): string | undefined {
  const value = params[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new ServerError("invalid", `params.${key} must be a string`);
}

function parseParams<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ServerError("invalid", `params are wrong: ${describeIssues(parsed.error.issues)}`);
}
