import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { evaluateEpisode } from "../core/evaluate-session.ts";
import { sessionStanding } from "../core/session-view.ts";
import { chatSoFar, simulationSoFar } from "../core/trajectory.ts";
import { worldOf } from "../core/world.ts";
import { evaluateRequest, forkRequest, restoreRequest, sessionPath, stateQuery, trajectoryQuery } from "../wire/request-schemas.ts";
import {
  evaluationAnswer,
  forkAnswer,
  sessionStanding as standing,
  snapshotAnswer,
  trajectoryAnswer,
  worldAnswer,
} from "../wire/response-schemas.ts";
import { clientSignal, type Bindings } from "./client-signal.ts";
import { body, errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

const branching = ["branches"];
const looking = ["inspection"];

const snapshot = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/snapshot",
  tags: branching,
  summary: "Keep the place where the episode stands",
  request: { params: sessionPath },
  responses: { 201: json(snapshotAnswer, "the place's id"), ...errors(404, 410, 429, 503) },
});

const restore = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/restore",
  tags: branching,
  summary: "Go back to a place; nobody is asked",
  request: { params: sessionPath, body: body(restoreRequest) },
  responses: { 200: json(standing, "where the episode stands now"), ...errors(400, 404, 409, 410, 422, 503) },
});

const fork = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/fork",
  tags: branching,
  summary: "Sessions that go on where this one stands, or from one of its snapshots; nobody is asked",
  request: { params: sessionPath, body: body(forkRequest, false) },
  responses: { 201: json(forkAnswer, "the new sessions: all that were asked for, or none"), ...errors(400, 404, 410, 422, 429, 503) },
});

const state = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/state",
  tags: looking,
  summary: "The world behind the episode: what was changed in the databases",
  request: { params: sessionPath, query: stateQuery },
  responses: { 200: json(worldAnswer, "the world"), ...errors(404, 410, 422) },
});

const trajectory = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/trajectory",
  tags: looking,
  summary: "The conversation up to here",
  request: { params: sessionPath, query: trajectoryQuery },
  responses: { 200: json(trajectoryAnswer, "the conversation"), ...errors(404, 410, 422) },
});

const evaluate = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/evaluate",
  tags: looking,
  summary: "The grade of the episode, or what it would be if the learner stopped here; changes nothing",
  request: { params: sessionPath, body: body(evaluateRequest, false) },
  responses: { 200: json(evaluationAnswer, "the grade"), ...errors(400, 404, 410, 422, 502) },
});

/** Routes by which one goes back, branches off and looks into an episode. */
export function branchRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(snapshot, async (c) => {
    const { session_id } = c.req.valid("param");
    const snapshot_id = await sessions.snapshot(session_id);
    return send(c, { session_id, snapshot_id, step_count: sessions.use(session_id).stepCount }, 201);
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
  app.openapi(state, (c) => {
    const { hashes = false, databases = false } = c.req.valid("query");
    const { id, episode, stepCount } = sessions.use(c.req.valid("param").session_id);
    return send(c, { session_id: id, step_count: stepCount, ...worldOf(episode, { hashes, databases }) });
  });
  app.openapi(trajectory, (c) => {
    const session = sessions.use(c.req.valid("param").session_id);
    const { episode } = session;
    if (c.req.valid("query").format === "tau2") return send(c, simulationSoFar(session.id, episode));
    const { tools, policy } = session.briefing();
    return send(c, { messages: chatSoFar(episode), tools, policy });
  });
  app.openapi(evaluate, async (c) => {
    const { episode } = sessions.use(c.req.valid("param").session_id);
    const { type } = c.req.valid("json");
    return send(c, await evaluateEpisode(episode, { type, signal: clientSignal(c) }));
  });
}
