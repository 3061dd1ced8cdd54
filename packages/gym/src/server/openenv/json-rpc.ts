import { z } from "@hono/zod-openapi";
import { isRecord } from "@tau2/domains/internal";
import type { JsonObject } from "@tau2/domains";
import { ServerError } from "../core/server-error.ts";
import { describeIssues } from "../rest/requests.ts";
import type { ErrorResponse } from "../rest/responses.ts";
import { resetSchema, toToolAction, type OpenEnvResult } from "./messages.ts";
import type { OpenEnvConnection } from "./connection.ts";

type Id = string | number | null;

/** A JSON-RPC answer. */
export type RpcAnswer = { jsonrpc: "2.0"; id: Id } & (
  | { result: unknown }
  | { error: { code: number; message: string; data?: JsonObject } }
);

const requestSchema = z.looseObject({
  jsonrpc: z.literal("2.0"),
  id: z.union([z.string(), z.number()]).nullish(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});

/** Access of a client's calls to a session. */
export interface RpcOptions {
  /** Returns the session that the parameters name, or the one of this client. @throws ServerError `not_found`, `gone` */
  connectTo(sessionId: string | undefined): OpenEnvConnection;
  /** Sessions that the client may manage; null if its connection is its session. */
  sessions: { create(request: z.output<typeof resetSchema>): Promise<string>; close(sessionId: string): void } | null;
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

/** Answers an MCP request in OpenEnv's dialect: the tools of an episode, and calls of them. Never throws. */
export async function answerRpc(value: unknown, options: RpcOptions): Promise<RpcAnswer> {
  const parsed = requestSchema.safeParse(value);
  const id = isRecord(value) && (typeof value["id"] === "string" || typeof value["id"] === "number") ? value["id"] : null;
  const refused = (code: number, message: string, data?: JsonObject): RpcAnswer => {
    return { jsonrpc: "2.0", id, error: { code, message, ...(data ? { data } : {}) } };
  };
  if (!parsed.success) return refused(invalidRequest, 'a request is { "jsonrpc": "2.0", "id": …, "method": …, "params": { … } }');
  const { method, params = {} } = parsed.data;
  if (!Object.hasOwn(methods, method)) {
    return refused(methodNotFound, `no method '${method}'; there are ${Object.keys(methods).join(", ")}`);
  }
  try {
    return { jsonrpc: "2.0", id, result: await methods[method]!(params, options) };
  } catch (thrown) {
    const { code, message, ...details } = options.toErrorResponse(thrown).body.error;
    return refused(codes[code] ?? serverError, message, { code, ...details });
  }
}

type Method = (params: Record<string, unknown>, options: RpcOptions) => unknown;

const methods: Readonly<Record<string, Method>> = {
  initialize: (params, { version }) => ({
    protocolVersion: textIn(params, "protocolVersion") ?? "2025-06-18",
    capabilities: { tools: {} },
    serverInfo: { name: "tau2", version },
  }),
  ping: () => ({}),
  "tools/list": async (params, { connectTo, signal }) => ({ tools: await connectTo(textIn(params, "session_id")).tools(signal) }),
  "tools/call": async (params, { connectTo, signal }) => {
    const name = textIn(params, "name");
    if (name === undefined) throw new ServerError("invalid", "params.name must be the name of a tool");
    const { arguments: args = {} } = params;
    if (!isRecord(args)) throw new ServerError("invalid", "params.arguments must be an object");
    const step = { kind: "step", tool: name, action: toToolAction(name, args) } as const;
    return callResult(await connectTo(textIn(params, "session_id")).act(step, { signal }));
  },
  "openenv/session/create": async (params, { connectTo, sessions }) => {
    if (!sessions) return { session_id: connectTo(undefined).sessionId };
    return { session_id: await sessions.create(checked(resetSchema, params)) };
  },
  "openenv/session/close": (params, { sessions }) => {
    const sessionId = textIn(params, "session_id");
    if (sessionId === undefined) throw new ServerError("invalid", "params.session_id must name the session");
    if (!sessions) throw new ServerError("invalid", "the session of a WebSocket ends with it");
    sessions.close(sessionId);
    return { session_id: sessionId, closed: true };
  },
};

function callResult({ observation, reward, done }: OpenEnvResult): JsonObject {
  const { error, result } = observation;
  const text = isRecord(error) ? error["message"] : result;
  return { content: [{ type: "text", text: typeof text === "string" ? text : "" }], isError: isRecord(error), _meta: { reward, done } };
}

function textIn(params: Record<string, unknown>, key: string): string | undefined {
  const value = params[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  throw new ServerError("invalid", `params.${key} must be text`);
}

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ServerError("invalid", `params are wrong: ${describeIssues(parsed.error.issues)}`);
}
