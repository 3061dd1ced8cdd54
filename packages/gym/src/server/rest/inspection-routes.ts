import { createRoute, type OpenAPIHono } from "@hono/zod-openapi";
import { sessionPlace } from "../core/session-view.ts";
import { chatSoFar, simulationSoFar } from "../core/trajectory.ts";
import { inspectState } from "../core/world.ts";
import { evaluateRequest, sessionPath, stateQuery, trajectoryQuery } from "../wire/request-schemas.ts";
import { evaluationAnswer, trajectoryAnswer, worldAnswer } from "../wire/response-schemas.ts";
import { clientSignal, type Bindings } from "./client-signal.ts";
import { body, errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

const tags = ["inspection"];

const state = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/state",
  tags,
  summary: "The world behind the episode: what was changed in the databases",
  request: { params: sessionPath, query: stateQuery },
  responses: { 200: json(worldAnswer, "the world"), ...errors(404, 410, 422) },
});

const trajectory = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/trajectory",
  tags,
  summary: "The conversation up to here",
  request: { params: sessionPath, query: trajectoryQuery },
  responses: { 200: json(trajectoryAnswer, "the conversation"), ...errors(404, 410, 422) },
});

const evaluate = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/evaluate",
  tags,
  summary: "The grade of the episode, or what it would be if the learner stopped here; changes nothing",
  request: { params: sessionPath, body: body(evaluateRequest, false) },
  responses: { 200: json(evaluationAnswer, "the grade"), ...errors(400, 404, 410, 422, 502, 503) },
});

/** Routes by which one looks into an episode; they change nothing. */
export function inspectionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(state, (c) => {
    const { hashes = false, databases = false } = c.req.valid("query");
    const session = sessions.use(c.req.valid("param").session_id);
    return send(c, { ...sessionPlace(sessions, session), ...inspectState(session.episode, { hashes, databases }) });
  });
  app.openapi(trajectory, (c) => {
    const session = sessions.use(c.req.valid("param").session_id);
    const { episode } = session;
    if (c.req.valid("query").format === "tau2") return send(c, simulationSoFar(session.id, episode));
    const { tools, policy } = session.briefing();
    return send(c, { messages: chatSoFar(episode), tools, policy });
  });
  app.openapi(evaluate, async (c) => {
    const { type } = c.req.valid("json");
    const session = sessions.use(c.req.valid("param").session_id);
    const grade = await sessions.evaluate(session, { type, signal: clientSignal(c) });
    return send(c, { ...sessionPlace(sessions, session), ...grade });
  });
}
