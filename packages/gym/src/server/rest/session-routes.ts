import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { sessionOpening, sessionStanding, sessionSummary } from "../core/session-view.ts";
import { createRequest, sessionPath } from "../wire/request-schemas.ts";
import {
  deletedAnswer,
  documentSchema,
  sessionList,
  sessionOpening as opening,
  sessionStanding as standing,
} from "../wire/response-schemas.ts";
import { clientSignal, type Bindings } from "./client-signal.ts";
import { body, errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

const tags = ["sessions"];

const create = createRoute({
  method: "post",
  path: "/v1/sessions",
  tags,
  summary: "Begin a session: an episode at the learner's first turn",
  request: { body: body(createRequest, false) },
  responses: { 201: json(opening, "the session"), ...errors(400, 404, 410, 422, 429, 502, 503) },
});

const list = createRoute({
  method: "get",
  path: "/v1/sessions",
  tags,
  summary: "All sessions, the one last used at the end",
  responses: { 200: json(sessionList, "the sessions"), ...errors() },
});

const get = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "A session: where its episode stands, its tools and its policy",
  request: { params: sessionPath },
  responses: { 200: json(opening, "the session"), ...errors(404, 410) },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "End a session; a step under way is given up",
  request: { params: sessionPath },
  responses: { 200: json(deletedAnswer, "it is gone"), ...errors(404, 410) },
});

const exportRoute = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/export",
  tags,
  summary: "A session as a document, to be kept or brought to another server",
  request: { params: sessionPath },
  responses: { 200: json(documentSchema, "the document"), ...errors(404, 410) },
});

const importRoute = createRoute({
  method: "post",
  path: "/v1/sessions/import",
  tags,
  summary: "A session from a document; nobody is asked for what was said in it",
  request: { body: body(documentSchema) },
  responses: { 201: json(standing, "the session, under an id of its own"), ...errors(400, 404, 422, 429, 503) },
});

/** Routes by which sessions come and go. */
export function sessionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(create, async (c) => {
    const { request_id: requestId, ...request } = c.req.valid("json");
    const session = await sessions.create(request, { requestId, signal: clientSignal(c) });
    return send(c, sessionOpening(sessions, session), 201);
  });
  app.openapi(list, (c) => {
    sessions.registry.sweep();
    const all = [...sessions.registry.all()].map((session) => sessionSummary(sessions, session));
    return send(c, { sessions: all, active_sessions: sessions.registry.active, max_sessions: sessions.registry.max });
  });
  app.openapi(importRoute, async (c) => {
    const session = await sessions.import(c.req.valid("json"));
    return send(c, sessionStanding(sessions, session), 201);
  });
  app.openapi(get, (c) => send(c, sessionOpening(sessions, sessions.use(c.req.valid("param").session_id))));
  app.openapi(remove, (c) => {
    const { session_id } = c.req.valid("param");
    sessions.delete(session_id);
    return send(c, { session_id, deleted: true });
  });
  app.openapi(exportRoute, (c) => send(c, sessions.export(c.req.valid("param").session_id)));
}
