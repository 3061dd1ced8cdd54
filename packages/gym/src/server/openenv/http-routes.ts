import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { ServerError } from "../core/server-error.ts";
import { createClientSignal, type Bindings } from "../rest/requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "../rest/responses.ts";
import { requestIdSchema } from "../wire/request-schemas.ts";
import { getOpenEnvSchemas, openEnvActionSchema, resetSchema } from "./messages.ts";
import { answerRpc } from "./json-rpc.ts";
import { OpenEnvConnection } from "./connection.ts";

const tags = ["OpenEnv"];
const cookie = "tau2_session";
const header = "x-session-id";

const resultSchema = z
  .looseObject({ observation: z.looseObject({}), reward: z.number().nullable(), done: z.boolean() })
  .openapi("OpenEnvResult");
const anything = z.looseObject({});

const reset = createRoute({
  method: "post",
  path: "/reset",
  tags,
  summary: "Begin an episode; its session id comes back in the header x-session-id and in a cookie",
  request: { body: describeBody(resetSchema, false) },
  responses: { 200: describeJson(resultSchema, "the first observation"), ...describeErrors(400, 404, 422, 429, 502, 503) },
});

const stepBody = z
  .strictObject({
    action: openEnvActionSchema,
    timeout_s: z.number().positive().max(86_400).nullish(),
    request_id: requestIdSchema.nullish(),
  })
  .openapi("OpenEnvStep");

const step = createRoute({
  method: "post",
  path: "/step",
  tags,
  summary: "Take a step in the session that the header x-session-id, or the cookie, names",
  request: { body: describeBody(stepBody) },
  responses: { 200: describeJson(resultSchema, "the observation"), ...describeErrors(400, 404, 409, 410, 422, 503, 504) },
});

const state = createRoute({
  method: "get",
  path: "/state",
  tags,
  summary: "Where the session stands",
  responses: { 200: describeJson(anything, "the state"), ...describeErrors(404, 410) },
});

const metadata = createRoute({
  method: "get",
  path: "/metadata",
  tags,
  summary: "What this environment is",
  responses: { 200: describeJson(anything, "name, description and version"), ...describeErrors() },
});

const schema = createRoute({
  method: "get",
  path: "/schema",
  tags,
  summary: "JSON schemas of actions, observations and states",
  responses: { 200: describeJson(anything, "the schemas"), ...describeErrors() },
});

const mcp = createRoute({
  method: "post",
  path: "/mcp",
  tags,
  summary: "JSON-RPC: tools/list, tools/call, openenv/session/create, openenv/session/close",
  request: { body: describeBody(anything, false) },
  responses: { 200: describeJson(anything, "the answer, or a JSON-RPC error"), ...describeErrors(400, 422) },
});

/** OpenEnv's HTTP shapes. There every request stands alone; here a session id, in a header or a cookie, makes them one episode. */
export function addOpenEnvRoutes(app: OpenAPIHono<Bindings>, { sessions, version, toErrorResponse }: RestContext): void {
  const idOf = (c: Context) => c.req.header(header) ?? getCookie(c, cookie) ?? null;
  const named = (c: Context<Bindings>, sessionId: string | null) => {
    if (sessionId === null) return;
    c.header(header, sessionId);
    setCookie(c, cookie, sessionId, { httpOnly: true, sameSite: "Strict", path: "/" });
  };

  app.openapi(reset, async (c) => {
    const connection = new OpenEnvConnection(sessions, idOf(c));
    const result = await connection.reset(c.req.valid("json"), createClientSignal(c));
    named(c, connection.sessionId);
    return c.json(result, 200);
  });
  app.openapi(step, async (c) => {
    const { action, timeout_s, request_id } = c.req.valid("json");
    const connection = new OpenEnvConnection(sessions, idOf(c));
    const signal = createClientSignal(c, timeout_s ? timeout_s * 1000 : undefined);
    const result = await connection.step(action, { requestId: request_id ?? undefined, signal });
    named(c, connection.sessionId);
    return c.json(result, 200);
  });
  app.openapi(state, (c) => c.json(new OpenEnvConnection(sessions, idOf(c)).state(), 200));
  app.openapi(metadata, (c) =>
    c.json(
      {
        name: "tau2",
        description: `Customer-service episodes with tools, a user and a policy: ${sessions.registry.names.join(", ")}.`,
        version,
      },
      200,
    ),
  );
  app.openapi(schema, (c) => c.json(getOpenEnvSchemas(), 200));
  app.openapi(mcp, async (c) => {
    const signal = createClientSignal(c);
    const answer = await answerRpc(c.req.valid("json"), {
      version,
      toErrorResponse,
      signal,
      connectTo: (sessionId) => new OpenEnvConnection(sessions, requireId(sessionId ?? idOf(c))),
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

function requireId(sessionId: string | null): string {
  if (sessionId !== null) return sessionId;
  throw new ServerError("invalid", "params.session_id must name a session: begin one with openenv/session/create");
}
