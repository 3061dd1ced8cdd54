import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { toSessionOpening, toSessionStatus, toSessionSummary, toSessionProgress } from "../core/session-response.ts";
import { sessionRequestSchema, sessionPathSchema, forkRequestSchema, restoreRequestSchema } from "../wire/request-schemas.ts";
import {
  deletedSchema,
  sessionDocumentSchema,
  sessionListSchema,
  sessionSchema as opening,
  sessionStatusSchema as standing,
  forkSchema,
  snapshotSchema,
} from "../wire/response-schemas.ts";
import { createClientSignal, type Bindings } from "./requests.ts";
import { body, errors, json, type RestContext, send } from "./responses.ts";

const tags = ["sessions"];

const create = createRoute({
  method: "post",
  path: "/v1/sessions",
  tags,
  summary: "Begin a session: an episode at the learner's first turn",
  request: { body: body(sessionRequestSchema, false) },
  responses: { 201: json(opening, "the session"), ...errors(400, 404, 410, 422, 429, 502, 503) },
});

const list = createRoute({
  method: "get",
  path: "/v1/sessions",
  tags,
  summary: "All sessions, the one last used at the end",
  responses: { 200: json(sessionListSchema, "the sessions"), ...errors() },
});

const get = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "A session: where its episode stands, its tools and its policy",
  request: { params: sessionPathSchema },
  responses: { 200: json(opening, "the session"), ...errors(404, 410) },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "End a session; a step under way is given up",
  request: { params: sessionPathSchema },
  responses: { 200: json(deletedSchema, "it is gone"), ...errors(404, 410) },
});

const exportRoute = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/export",
  tags,
  summary: "A session as a document, to be kept or brought to another server",
  request: { params: sessionPathSchema },
  responses: { 200: json(sessionDocumentSchema, "the document"), ...errors(404, 410) },
});

const importRoute = createRoute({
  method: "post",
  path: "/v1/sessions/import",
  tags,
  summary: "Import a session from a document (no model is called)",
  request: { body: body(sessionDocumentSchema) },
  responses: { 201: json(standing, "the session, under an id of its own"), ...errors(400, 404, 422, 429, 503) },
});

/** Routes by which sessions come and go. */
export function createSessionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(create, async (c) => {
    const { request_id: requestId, ...request } = c.req.valid("json");
    const session = await sessions.create(request, { requestId, signal: createClientSignal(c) });
    return send(c, toSessionOpening(sessions, session), 201);
  });
  app.openapi(list, (c) => {
    sessions.pool.sweep();
    const all = [...sessions.pool.all()].map((session) => toSessionSummary(sessions, session));
    return send(c, { sessions: all, active_sessions: sessions.pool.active, max_sessions: sessions.pool.max });
  });
  app.openapi(importRoute, async (c) => {
    const session = await sessions.import(c.req.valid("json"));
    return send(c, toSessionStatus(sessions, session), 201);
  });
  app.openapi(get, (c) => send(c, toSessionOpening(sessions, sessions.use(c.req.valid("param").session_id))));
  app.openapi(remove, (c) => {
    const { session_id } = c.req.valid("param");
    sessions.delete(session_id);
    return send(c, { session_id, deleted: true });
  });
  app.openapi(exportRoute, (c) => send(c, sessions.export(c.req.valid("param").session_id)));
}

const branchTags = ["branches"];

const snapshot = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/snapshot",
  tags: branchTags,
  summary: "Keep the place where the episode stands",
  request: { params: sessionPathSchema },
  responses: { 201: json(snapshotSchema, "the place's id"), ...errors(404, 409, 410, 503) },
});

const restore = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/restore",
  tags: branchTags,
  summary: "Restore a snapshot (no model is called)",
  request: { params: sessionPathSchema, body: body(restoreRequestSchema) },
  responses: { 200: json(standing, "where the episode stands now"), ...errors(400, 404, 409, 410, 422, 503) },
});

const fork = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/fork",
  tags: branchTags,
  summary: "Fork the session, or one of its snapshots (no model is called)",
  request: { params: sessionPathSchema, body: body(forkRequestSchema, false) },
  responses: { 201: json(forkSchema, "the new sessions: all requested ones, or none"), ...errors(400, 404, 410, 422, 429, 503) },
});

/** Routes by which one goes back in an episode, or branches off. */
export function createBranchRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(snapshot, async (c) => {
    const { session_id } = c.req.valid("param");
    const snapshot_id = await sessions.snapshot(session_id);
    return send(c, { snapshot_id, ...toSessionProgress(sessions, sessions.use(session_id)) }, 201);
  });
  app.openapi(restore, async (c) => {
    const session = await sessions.restore(c.req.valid("param").session_id, c.req.valid("json").snapshot_id);
    return send(c, toSessionStatus(sessions, session));
  });
  app.openapi(fork, async (c) => {
    const { count = 1, snapshot_id: snapshotId, request_id: requestId } = c.req.valid("json");
    const forks = await sessions.fork(c.req.valid("param").session_id, { count, snapshotId, requestId });
    return send(c, { sessions: forks.map((session) => toSessionStatus(sessions, session)) }, 201);
  });
}
