import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { sessionPlace, sessionStanding } from "../core/session-view.ts";
import { forkRequest, restoreRequest, sessionPath } from "../wire/request-schemas.ts";
import { forkAnswer, sessionStanding as standing, snapshotAnswer } from "../wire/response-schemas.ts";
import type { Bindings } from "./client-signal.ts";
import { body, errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

const tags = ["branches"];

const snapshot = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/snapshot",
  tags,
  summary: "Keep the place where the episode stands",
  request: { params: sessionPath },
  responses: { 201: json(snapshotAnswer, "the place's id"), ...errors(404, 409, 410, 503) },
});

const restore = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/restore",
  tags,
  summary: "Go back to a place; nobody is asked",
  request: { params: sessionPath, body: body(restoreRequest) },
  responses: { 200: json(standing, "where the episode stands now"), ...errors(400, 404, 409, 410, 422, 503) },
});

const fork = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/fork",
  tags,
  summary: "Sessions that go on where this one stands, or from one of its snapshots; nobody is asked",
  request: { params: sessionPath, body: body(forkRequest, false) },
  responses: { 201: json(forkAnswer, "the new sessions: all that were asked for, or none"), ...errors(400, 404, 410, 422, 429, 503) },
});

/** Routes by which one goes back in an episode, or branches off. */
export function branchRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(snapshot, async (c) => {
    const { session_id } = c.req.valid("param");
    const snapshot_id = await sessions.snapshot(session_id);
    return send(c, { snapshot_id, ...sessionPlace(sessions, sessions.use(session_id)) }, 201);
  });
  app.openapi(restore, async (c) => {
    const session = await sessions.restore(c.req.valid("param").session_id, c.req.valid("json").snapshot_id);
    return send(c, sessionStanding(sessions, session));
  });
  app.openapi(fork, async (c) => {
    const { count = 1, snapshot_id: snapshotId, request_id: requestId } = c.req.valid("json");
    const forks = await sessions.fork(c.req.valid("param").session_id, { count, snapshotId, requestId });
    return send(c, { sessions: forks.map((session) => sessionStanding(sessions, session)) }, 201);
  });
}
