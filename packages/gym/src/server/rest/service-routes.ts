import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import { type Bindings, createClientSignal } from "./requests.ts";
import { errors, json, type RestContext, send, body } from "./responses.ts";
import { toDomainResponse, toDomainSummary, toTaskPage, toSessionProgress } from "../core/session-response.ts";
import { getTask } from "../core/start-session.ts";
import { getDomain } from "../core/domain-registry.ts";
import {
  tasksQuerySchema,
  evaluateRequestSchema,
  sessionPathSchema,
  stateQuerySchema,
  trajectoryQuerySchema,
} from "../wire/request-schemas.ts";
import {
  domainSchema,
  domainListSchema,
  taskResponseSchema,
  taskListSchema,
  evaluationSchema,
  trajectorySchema,
  stateSchema,
} from "../wire/response-schemas.ts";
import { toPartialChat, toPartialSimulation, inspectState } from "../core/episode-response.ts";
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
    const { active, max } = sessions.pool;
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
  tags: catalogTags,
  summary: "List domains and counterparts",
  responses: { 200: json(domainListSchema, "the domains"), ...errors() },
});

const domain = createRoute({
  method: "get",
  path: "/v1/domains/{domain}",
  tags: catalogTags,
  summary: "A domain: its policy and its tools",
  request: { params: domainPath },
  responses: { 200: json(domainSchema, "the domain"), ...errors(404) },
});

const tasks = createRoute({
  method: "get",
  path: "/v1/tasks",
  tags: catalogTags,
  summary: "Tasks of a domain",
  request: { query: tasksQuerySchema },
  responses: { 200: json(taskListSchema, "the tasks"), ...errors(404, 422) },
});

const task = createRoute({
  method: "get",
  path: "/v1/tasks/{domain}/{task_id}",
  tags: catalogTags,
  summary: "Get a task: the user's request, the solution, and the grading criteria",
  request: { params: taskPath },
  responses: { 200: json(taskResponseSchema, "the task, as in task files"), ...errors(404) },
});

/** Routes that tell what there is to play. */
export function createCatalogRoutes(app: OpenAPIHono<Bindings>, { sessions: { registry, counterparts } }: RestContext): void {
  app.openapi(domains, (c) => {
    const all = registry.names.map((name) => toDomainSummary(registry.get(name)));
    return send(c, {
      domains: all,
      users: [...counterparts.users.keys()],
      agents: [...counterparts.agents.keys()],
      judge: counterparts.judge !== null,
    });
  });
  app.openapi(domain, (c) => send(c, toDomainResponse(registry.get(c.req.valid("param").domain))));
  app.openapi(tasks, (c) => {
    const { domain: name, ...page } = c.req.valid("query");
    const loaded = getDomain(registry, name);
    return send(c, { domain: loaded.domain.name, ...toTaskPage(loaded, page) });
  });
  app.openapi(task, (c) => {
    const { domain: name, task_id } = c.req.valid("param");
    return send(c, getTask(registry.get(name), task_id));
  });
}

const inspectionTags = ["inspection"];

const state = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/state",
  tags: inspectionTags,
  summary: "Inspect the state of the episode: the changes of the databases",
  request: { params: sessionPathSchema, query: stateQuerySchema },
  responses: { 200: json(stateSchema, "the world"), ...errors(404, 410, 422) },
});

const trajectory = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/trajectory",
  tags: inspectionTags,
  summary: "The conversation up to here",
  request: { params: sessionPathSchema, query: trajectoryQuerySchema },
  responses: { 200: json(trajectorySchema, "the conversation"), ...errors(404, 410, 422) },
});

const evaluate = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/evaluate",
  tags: inspectionTags,
  summary: "The grade of the episode, or what it would be if the learner stopped here; changes nothing",
  request: { params: sessionPathSchema, body: body(evaluateRequestSchema, false) },
  responses: { 200: json(evaluationSchema, "the grade"), ...errors(400, 404, 410, 422, 502, 503) },
});

/** Routes by which one looks into an episode; they change nothing. */
export function createInspectionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(state, (c) => {
    const { hashes = false, databases = false } = c.req.valid("query");
    const session = sessions.use(c.req.valid("param").session_id);
    return send(c, { ...toSessionProgress(sessions, session), ...inspectState(session.episode, { hashes, databases }) });
  });
  app.openapi(trajectory, (c) => {
    const session = sessions.use(c.req.valid("param").session_id);
    const { episode } = session;
    if (c.req.valid("query").format === "tau2") return send(c, toPartialSimulation(session.id, episode));
    const { tools, policy } = session.getInstructions();
    return send(c, { messages: toPartialChat(episode), tools, policy });
  });
  app.openapi(evaluate, async (c) => {
    const { type } = c.req.valid("json");
    const session = sessions.use(c.req.valid("param").session_id);
    const grade = await sessions.evaluate(session, { type, signal: createClientSignal(c) });
    return send(c, { ...toSessionProgress(sessions, session), ...grade });
  });
}
