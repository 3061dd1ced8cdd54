import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { ServerError } from "../core/server-error.ts";
import { createClientSignal, type Bindings } from "../rest/requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "../rest/responses.ts";
import { requestIdSchema } from "../wire/request-schemas.ts";
import { getOpenEnvSchemas, openEnvActionSchema, resetSchema } from "./messages.ts";
import { handleRpc } from "./json-rpc.ts";
import { OpenEnvConnection } from "./connection.ts";

const tags = ["OpenEnv"];
const cookie = "tau2_session";
const header = "x-session-id";

const resultSchema = z
  .looseObject({ observation: z.looseObject({}), reward: z.number().nullable(), done: z.boolean() })
  .openapi("OpenEnvResult");
const anyObject = z.looseObject({});

const resetRoute = createRoute({
  method: "post",
  path: "/reset",
  tags,
  summary: "Start an episode; the header x-session-id and a cookie of the response hold the id of its session",
  request: { body: describeBody(resetSchema, false) },
  responses: { 200: describeJson(resultSchema, "the first observation"), ...describeErrors(400, 404, 422, 429, 502, 503, 507) },
});

const stepRequestSchema = z
  .strictObject({
    action: openEnvActionSchema,
    timeout_s: z.number().positive().max(86_400).nullish(),
    request_id: requestIdSchema.nullish(),
  })
  .openapi("OpenEnvStep");

const stepRoute = createRoute({
  method: "post",
  path: "/step",
  tags,
  summary: "Take a step in the session of the header x-session-id or the cookie",
  request: { body: describeBody(stepRequestSchema) },
  responses: { 200: describeJson(resultSchema, "the observation"), ...describeErrors(400, 404, 409, 410, 422, 503, 504, 507) },
});

const stateRoute = createRoute({
  method: "get",
  path: "/state",
  tags,
  summary: "Get the state of the session",
  responses: { 200: describeJson(anyObject, "the state"), ...describeErrors(404, 410) },
});

const metadataRoute = createRoute({
  method: "get",
  path: "/metadata",
  tags,
  summary: "Describe the environment",
  responses: { 200: describeJson(anyObject, "name, description and version"), ...describeErrors() },
});

const schemaRoute = createRoute({
  method: "get",
  path: "/schema",
  tags,
  summary: "Get the JSON schemas of actions, observations and states",
  responses: { 200: describeJson(anyObject, "the schemas"), ...describeErrors() },
});

const mcpRoute = createRoute({
  method: "post",
  path: "/mcp",
  tags,
  summary: "Send a JSON-RPC request: tools/list, tools/call, openenv/session/create, openenv/session/close",
  request: { body: describeBody(anyObject, false) },
  responses: { 200: describeJson(anyObject, "the result, or a JSON-RPC error"), ...describeErrors(400, 422) },
});

/** Adds OpenEnv's HTTP routes. In OpenEnv each request stands alone; here a session id in a header or a cookie links them to an episode. */
export function addOpenEnvRoutes(app: OpenAPIHono<Bindings>, { sessions, version, toErrorResponse }: RestContext): void {
  const getSessionId = (c: Context) => c.req.header(header) ?? getCookie(c, cookie) ?? null;
  const setSessionId = (c: Context<Bindings>, sessionId: string | null) => {
    if (sessionId === null) return;
    c.header(header, sessionId);
    setCookie(c, cookie, sessionId, { httpOnly: true, sameSite: "Strict", path: "/" });
  };

  app.openapi(resetRoute, async (c) => {
    const connection = new OpenEnvConnection(sessions, getSessionId(c));
    const result = await connection.reset(c.req.valid("json"), createClientSignal(c));
    setSessionId(c, connection.sessionId);
    return c.json(result, 200);
  });
  app.openapi(stepRoute, async (c) => {
    const { action, timeout_s, request_id } = c.req.valid("json");
    const connection = new OpenEnvConnection(sessions, getSessionId(c));
    const signal = createClientSignal(c, timeout_s ? timeout_s * 1000 : undefined);
    const result = await connection.step(action, { requestId: request_id ?? undefined, signal });
    setSessionId(c, connection.sessionId);
    return c.json(result, 200);
  });
  app.openapi(stateRoute, (c) => c.json(new OpenEnvConnection(sessions, getSessionId(c)).getState(), 200));
  app.openapi(metadataRoute, (c) =>
    c.json(
      {
        name: "tau2",
        description: `Customer-service episodes with tools, a user and a policy: ${sessions.registry.names.join(", ")}.`,
        version,
      },
      200,
    ),
  );
  app.openapi(schemaRoute, (c) => c.json(getOpenEnvSchemas(), 200));
  app.openapi(mcpRoute, async (c) => {
    const signal = createClientSignal(c);
    const answer = await handleRpc(c.req.valid("json"), {
      version,
      toErrorResponse,
      signal,
      connectTo: (sessionId) => new OpenEnvConnection(sessions, requireSessionId(sessionId ?? getSessionId(c))),
      sessions: {
        async create(request) {
          const connection = new OpenEnvConnection(sessions);
          await connection.reset(request, signal);
          return connection.sessionId!;
        },
        close: (sessionId) => sessions.delete(sessionId),
      },
    });
    return c.json(answer, 200);
  });
}

function requireSessionId(sessionId: string | null): string {
  if (sessionId !== null) return sessionId;
  throw new ServerError("invalid", "params.session_id is missing: create a session with openenv/session/create");
}
