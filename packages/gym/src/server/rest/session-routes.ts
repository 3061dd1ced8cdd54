import { stringifyJson } from "@tau2/domains/internal";
import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import type { SessionDocument } from "../core/session-document.ts";
import { toSessionProgress, toSessionResponse, toSessionStatus, toSessionSummary } from "../core/session-response.ts";
import {
  forkRequestSchema,
  restoreRequestSchema,
  sessionDocumentSchema,
  sessionPathSchema,
  sessionRequestSchema,
} from "../wire/request-schemas.ts";
import {
  deletedSchema,
  forkSchema,
  objectOf,
  sessionListSchema,
  sessionSchema,
  sessionStatusSchema,
  snapshotSchema,
} from "../wire/response-schemas.ts";
import { createClientSignal, type Bindings } from "./requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "./responses.ts";

const tags = ["sessions"];

const createSession = createRoute({
  method: "post",
  path: "/v1/sessions",
  tags,
  summary: "Create a session, at the learner's first turn of an episode",
  request: { body: describeBody(sessionRequestSchema, false) },
  responses: { 201: describeJson(sessionSchema, "the session"), ...describeErrors(400, 404, 410, 422, 429, 502, 503, 507) },
});

const listSessions = createRoute({
  method: "get",
  path: "/v1/sessions",
  tags,
  summary: "List all sessions, in the order of their last use",
  responses: { 200: describeJson(sessionListSchema, "the sessions"), ...describeErrors() },
});

const getSession = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "Get a session: the status of its episode, its tools and its policy",
  request: { params: sessionPathSchema },
  responses: { 200: describeJson(sessionSchema, "the session"), ...describeErrors(404, 410) },
});

const deleteSession = createRoute({
  method: "delete",
  path: "/v1/sessions/{session_id}",
  tags,
  summary: "Delete a session and cancel its running step",
  request: { params: sessionPathSchema },
  responses: { 200: describeJson(deletedSchema, "the id of the session"), ...describeErrors(404, 410, 503, 507) },
});

const exportSession = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/export",
  tags,
  summary: "Export a session as a document, for storage or for another server",
  request: { params: sessionPathSchema },
  responses: {
    200: describeJson(objectOf<SessionDocument>().openapi("SessionDocument"), "the document"),
    ...describeErrors(404, 410),
  },
});

const importSession = createRoute({
  method: "post",
  path: "/v1/sessions/import",
  tags,
  summary: "Import a session from a document (no model is called)",
  request: { body: describeBody(sessionDocumentSchema) },
  responses: { 201: describeJson(sessionStatusSchema, "the session, under a new id"), ...describeErrors(400, 404, 422, 429, 503, 507) },
});

/** Adds the routes of sessions. */
export function addSessionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(createSession, async (c) => {
    const { request_id: requestId, ...request } = c.req.valid("json");
    const session = await sessions.create(request, { requestId, signal: createClientSignal(c) });
    return c.json(toSessionResponse(sessions, session), 201);
  });
  app.openapi(listSessions, (c) => {
    const { pool } = sessions;
    pool.sweep();
    const summaries = [...pool.all()].map((session) => toSessionSummary(sessions, session));
    return c.json({ sessions: summaries, active_sessions: pool.active, max_sessions: pool.max }, 200);
  });
  app.openapi(importSession, async (c) => {
    const session = await sessions.import(c.req.valid("json"));
    return c.json(toSessionStatus(sessions, session), 201);
  });
  app.openapi(getSession, (c) => c.json(toSessionResponse(sessions, sessions.use(c.req.valid("param").session_id)), 200));
  app.openapi(deleteSession, async (c) => {
    const { session_id } = c.req.valid("param");
    await sessions.delete(session_id);
    return c.json({ session_id, deleted: true as const }, 200);
  });
  app.openapi(exportSession, (c) => {
    const text = stringifyJson(sessions.export(c.req.valid("param").session_id));
    return c.body(text, 200, { "content-type": "application/json" }) as never;
  });
}

const branchTags = ["branches"];

const createSnapshot = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/snapshot",
  tags: branchTags,
  summary: "Create a snapshot",
  request: { params: sessionPathSchema },
  responses: { 201: describeJson(snapshotSchema, "the id of the snapshot"), ...describeErrors(404, 409, 410, 503, 507) },
});

const restoreSnapshot = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/restore",
  tags: branchTags,
  summary: "Restore a snapshot (no model is called)",
  request: { params: sessionPathSchema, body: describeBody(restoreRequestSchema) },
  responses: {
    200: describeJson(sessionStatusSchema, "the session after the restore"),
    ...describeErrors(400, 404, 409, 410, 422, 503, 507),
  },
});

const forkSession = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/fork",
  tags: branchTags,
  summary: "Fork the session, or one of its snapshots (no model is called)",
  request: { params: sessionPathSchema, body: describeBody(forkRequestSchema, false) },
  responses: {
    201: describeJson(forkSchema, "the new sessions: all requested ones, or none"),
    ...describeErrors(400, 404, 410, 422, 429, 503, 507),
  },
});

/** Adds the routes of snapshots and forks. */
export function addBranchRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(createSnapshot, async (c) => {
    const { session_id } = c.req.valid("param");
    const snapshot_id = await sessions.createSnapshot(session_id);
    return c.json({ snapshot_id, ...toSessionProgress(sessions, sessions.use(session_id)) }, 201);
  });
  app.openapi(restoreSnapshot, async (c) => {
    const session = await sessions.restore(c.req.valid("param").session_id, c.req.valid("json").snapshot_id);
    return c.json(toSessionStatus(sessions, session), 200);
  });
  app.openapi(forkSession, async (c) => {
    const { count, snapshot_id: snapshotId, request_id: requestId } = c.req.valid("json");
    const forks = await sessions.fork(c.req.valid("param").session_id, { count, snapshotId, requestId });
    return c.json({ sessions: forks.map((session) => toSessionStatus(sessions, session)) }, 201);
  });
}
