import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import { type Bindings, createClientSignal } from "./requests.ts";
import { errors, json, type RestContext, send, body } from "./responses.ts";
import { toDomainResponse, toDomainSummary, toTaskPage } from "../core/catalog.ts";
import { getTask } from "../core/start-session.ts";
import { getDomain } from "../core/domain-registry.ts";
import { tasksQuery, evaluateRequest, sessionPath, stateQuery, trajectoryQuery } from "../wire/request-schemas.ts";
import {
  toDomainResponse as domainSchema,
  domainList,
  taskAnswer,
  taskList,
  evaluationAnswer,
  trajectoryAnswer,
  worldAnswer,
} from "../wire/response-schemas.ts";
import { getSessionPlace } from "../core/session-view.ts";
import { toPartialChat, toPartialSimulation } from "../core/trajectory.ts";
import { inspectState } from "../core/state-inspection.ts";

const tags = ["service"];
const status = z.looseObject({ status: z.string() }).openapi("Status");

/** For routes that need no token. */
const open: { security: [] } = { security: [] };

const health = createRoute({
  ...open,
  method: "get",
  path: "/health",
  tags,
  summary: "Whether the server is alive",
  responses: { 200: json(status, "it is") },
});

const ready = createRoute({
  ...open,
  method: "get",
  path: "/readyz",
  tags,
  summary: "Whether the server takes new sessions",
  responses: { 200: json(status, "it does"), 503: json(status, "it does not") },
});

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  tags,
  summary: "Get metrics for Prometheus",
  responses: { 200: { description: "the metrics", content: { "text/plain": { schema: z.string() } } }, ...errors() },
});

/** Paths without a token: probes cannot send one, and they reveal nothing. */
export const openPaths: ReadonlySet<string> = new Set(["/health", "/healthz", "/readyz", "/openapi.json", "/docs"]);

/** Routes for those who look after the server. */
export function createServiceRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext, metrics: ServerMetrics): void {
  app.openapi(health, (c) => send(c, { status: "healthy" }));
  app.openapi(createRoute({ ...health, path: "/healthz" }), (c) => send(c, { status: "healthy" }));
  app.openapi(ready, (c) => {
    const { active, max } = sessions.registry;
    if (sessions.isDraining) return send(c, { status: "draining", active_sessions: active, max_sessions: max }, 503);
    return send(c, { status: active < max ? "ready" : "full", active_sessions: active, max_sessions: max }, active < max ? 200 : 503);
  });
  app.openapi(metricsRoute, async (c) => c.body(await metrics.text(), 200, { "content-type": metrics.contentType }) as never);
}

const catalogTags = ["domains and tasks"];
const domainPath = z.object({
  domain: z.string().openapi({ param: { name: "domain", in: "path" } }),
});
const taskPath = domainPath.extend({
  task_id: z.string().openapi({ param: { name: "task_id", in: "path" } }),
});

const domains = createRoute({
  method: "get",
  path: "/v1/domains",
  catalogTags,
  summary: "List domains and counterparts",
  responses: { 200: json(domainList, "the domains"), ...errors() },
});

const domain = createRoute({
  method: "get",
  path: "/v1/domains/{domain}",
  catalogTags,
  summary: "A domain: its policy and its tools",
  request: { params: domainPath },
  responses: { 200: json(domainSchema, "the domain"), ...errors(404) },
});

const tasks = createRoute({
  method: "get",
  path: "/v1/tasks",
  catalogTags,
  summary: "Tasks of a domain",
  request: { query: tasksQuery },
  responses: { 200: json(taskList, "the tasks"), ...errors(404, 422) },
});

const task = createRoute({
  method: "get",
  path: "/v1/tasks/{domain}/{task_id}",
  catalogTags,
  summary: "Get a task: the user's request, the solution, and the grading criteria",
  request: { params: taskPath },
  responses: { 200: json(taskAnswer, "the task, as in task files"), ...errors(404) },
});

/** Routes that tell what there is to play. */
export function createCatalogRoutes(app: OpenAPIHono<Bindings>, { sessions: { shelf, cast } }: RestContext): void {
  app.openapi(domains, (c) => {
    const all = shelf.names.map((name) => toDomainSummary(shelf.get(name)));
    return send(c, { domains: all, users: [...cast.users.keys()], agents: [...cast.agents.keys()], judge: cast.judge !== null });
  });
  app.openapi(domain, (c) => send(c, toDomainResponse(shelf.get(c.req.valid("param").domain))));
  app.openapi(tasks, (c) => {
    const { domain: name, ...page } = c.req.valid("query");
    const shelved = getDomain(shelf, name);
    return send(c, { domain: shelved.domain.name, ...toTaskPage(shelved, page) });
  });
  app.openapi(task, (c) => {
    const { domain: name, task_id } = c.req.valid("param");
    return send(c, getTask(shelf.get(name), task_id));
  });
}

const inspectionTags = ["inspection"];

const state = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/state",
  inspectionTags,
  summary: "Inspect the state of the episode: the changes of the databases",
  request: { params: sessionPath, query: stateQuery },
  responses: { 200: json(worldAnswer, "the world"), ...errors(404, 410, 422) },
});

const trajectory = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/trajectory",
  inspectionTags,
  summary: "The conversation up to here",
  request: { params: sessionPath, query: trajectoryQuery },
  responses: { 200: json(trajectoryAnswer, "the conversation"), ...errors(404, 410, 422) },
});

const evaluate = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/evaluate",
  inspectionTags,
  summary: "The grade of the episode, or what it would be if the learner stopped here; changes nothing",
  request: { params: sessionPath, body: body(evaluateRequest, false) },
  responses: { 200: json(evaluationAnswer, "the grade"), ...errors(400, 404, 410, 422, 502, 503) },
});

/** Routes by which one looks into an episode; they change nothing. */
export function createInspectionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(state, (c) => {
    const { hashes = false, databases = false } = c.req.valid("query");
    const session = sessions.use(c.req.valid("param").session_id);
    return send(c, { ...getSessionPlace(sessions, session), ...inspectState(session.episode, { hashes, databases }) });
  });
  app.openapi(trajectory, (c) => {
    const session = sessions.use(c.req.valid("param").session_id);
    const { episode } = session;
    if (c.req.valid("query").format === "tau2") return send(c, toPartialSimulation(session.id, episode));
    const { tools, policy } = session.briefing();
    return send(c, { messages: toPartialChat(episode), tools, policy });
  });
  app.openapi(evaluate, async (c) => {
    const { type } = c.req.valid("json");
    const session = sessions.use(c.req.valid("param").session_id);
    const grade = await sessions.evaluate(session, { type, signal: createClientSignal(c) });
    return send(c, { ...getSessionPlace(sessions, session), ...grade });
  });
}
