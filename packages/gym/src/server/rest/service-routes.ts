import { swaggerUI } from "@hono/swagger-ui";
import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { JsonObject } from "@tau2/domains";
import { getDomain } from "../core/domain-registry.ts";
import { inspectState, toPartialChat, toPartialSimulation } from "../core/episode-response.ts";
import { toDomainResponse, toDomainSummary, toSessionProgress, toTaskPage } from "../core/session-response.ts";
import { getTask } from "../core/start-session.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import {
  evaluateRequestSchema,
  sessionPathSchema,
  stateQuerySchema,
  tasksQuerySchema,
  trajectoryQuerySchema,
} from "../wire/request-schemas.ts";
import {
  domainListSchema,
  domainSchema,
  evaluationSchema,
  healthSchema,
  readinessSchema,
  stateSchema,
  taskListSchema,
  taskResponseSchema,
  trajectorySchema,
} from "../wire/response-schemas.ts";
import { createClientSignal, type Bindings, type GuardRules } from "./requests.ts";
import { describeBody, describeErrors, describeJson, type RestContext } from "./responses.ts";

const tags = ["service"];

/** Security of routes that do not require a token. */
const withoutToken: { security: [] } = { security: [] };

const getHealth = createRoute({
  ...withoutToken,
  method: "get",
  path: "/health",
  tags,
  summary: "Check that the server is alive",
  responses: { 200: describeJson(healthSchema, "the server is alive") },
});

const getReadiness = createRoute({
  ...withoutToken,
  method: "get",
  path: "/readyz",
  tags,
  summary: "Check that the server accepts new sessions",
  responses: {
    200: describeJson(readinessSchema, "the server accepts new sessions"),
    503: describeJson(readinessSchema, "the server is full, about to stop, or cannot store sessions"),
  },
});

const getMetrics = createRoute({
  method: "get",
  path: "/metrics",
  tags,
  summary: "Get metrics for Prometheus",
  responses: { 200: { description: "the metrics", content: { "text/plain": { schema: z.string() } } }, ...describeErrors() },
});

/** Paths that do not require a token: probes cannot send one, and these paths do not reveal anything. */
export const openPaths: ReadonlySet<string> = new Set(["/", "/health", "/healthz", "/readyz", "/openapi.json", "/docs"]);

/** Adds the routes for operators: health, readiness and metrics. */
export function addServiceRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext, metrics: ServerMetrics): void {
  app.openapi(getHealth, (c) => c.json({ status: "healthy" }, 200));
  app.openapi(createRoute({ ...getHealth, path: "/healthz" }), (c) => c.json({ status: "healthy" }, 200));
  app.openapi(getReadiness, (c) => {
    const { active, max } = sessions.pool;
    const status = sessions.isDraining ? "draining" : (sessions.storageFailure?.code ?? (active < max ? "ready" : "full"));
    return c.json({ status, active_sessions: active, max_sessions: max }, status === "ready" ? 200 : 503);
  });
  app.openapi(getMetrics, async (c) => {
    c.header("content-type", metrics.contentType);
    return c.text(await metrics.toText(), 200);
  });
}

const catalogTags = ["domains and tasks"];
const domainPathSchema = z.object({
  domain: z.string().openapi({ param: { name: "domain", in: "path" } }),
});
const taskPathSchema = domainPathSchema.extend({
  task_id: z.string().openapi({ param: { name: "task_id", in: "path" } }),
});

const listDomains = createRoute({
  method: "get",
  path: "/v1/domains",
  tags: catalogTags,
  summary: "List domains and counterparts",
  responses: { 200: describeJson(domainListSchema, "the domains"), ...describeErrors() },
});

const getDomainRoute = createRoute({
  method: "get",
  path: "/v1/domains/{domain}",
  tags: catalogTags,
  summary: "Get the policy and the tools of a domain",
  request: { params: domainPathSchema },
  responses: { 200: describeJson(domainSchema, "the domain"), ...describeErrors(404) },
});

const listTasks = createRoute({
  method: "get",
  path: "/v1/tasks",
  tags: catalogTags,
  summary: "List the tasks of a domain",
  request: { query: tasksQuerySchema },
  responses: { 200: describeJson(taskListSchema, "the tasks"), ...describeErrors(404, 422) },
});

const getTaskRoute = createRoute({
  method: "get",
  path: "/v1/tasks/{domain}/{task_id}",
  tags: catalogTags,
  summary: "Get a task: the user's request, the solution, and the grading criteria",
  request: { params: taskPathSchema },
  responses: { 200: describeJson(taskResponseSchema, "the task, as in task files"), ...describeErrors(404) },
});

/** Adds the routes of domains and tasks. */
export function addCatalogRoutes(app: OpenAPIHono<Bindings>, { sessions: { registry, counterparts } }: RestContext): void {
  app.openapi(listDomains, (c) => {
    const { users, agents, judge } = counterparts;
    const domains = registry.names.map((name) => toDomainSummary(registry.get(name)));
    return c.json({ domains, users: [...users.keys()], agents: [...agents.keys()], judge: judge !== null }, 200);
  });
  app.openapi(getDomainRoute, (c) => c.json(toDomainResponse(registry.get(c.req.valid("param").domain)), 200));
  app.openapi(listTasks, (c) => {
    const { domain: name, ...page } = c.req.valid("query");
    const loaded = getDomain(registry, name);
    return c.json({ domain: loaded.domain.name, ...toTaskPage(loaded, page) }, 200);
  });
  app.openapi(getTaskRoute, (c) => {
    const { domain: name, task_id } = c.req.valid("param");
    return c.json(getTask(registry.get(name), task_id), 200);
  });
}

const inspectionTags = ["inspection"];

const getState = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/state",
  tags: inspectionTags,
  summary: "Inspect the state of the episode: the changes of the databases",
  request: { params: sessionPathSchema, query: stateQuerySchema },
  responses: { 200: describeJson(stateSchema, "the state"), ...describeErrors(404, 410, 422) },
});

const getTrajectory = createRoute({
  method: "get",
  path: "/v1/sessions/{session_id}/trajectory",
  tags: inspectionTags,
  summary: "Get the conversation so far",
  request: { params: sessionPathSchema, query: trajectoryQuerySchema },
  responses: { 200: describeJson(trajectorySchema, "the conversation"), ...describeErrors(404, 410, 422) },
});

const evaluateSession = createRoute({
  method: "post",
  path: "/v1/sessions/{session_id}/evaluate",
  tags: inspectionTags,
  summary: "Evaluate the episode; before its end, as if the learner stopped here (the episode does not change)",
  request: { params: sessionPathSchema, body: describeBody(evaluateRequestSchema, false) },
  responses: { 200: describeJson(evaluationSchema, "the grade"), ...describeErrors(400, 404, 410, 422, 502, 503) },
});

/** Adds the routes that inspect an episode. They do not change it. */
export function addInspectionRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext): void {
  app.openapi(getState, (c) => {
    const { hashes = false, databases = false } = c.req.valid("query");
    const session = sessions.use(c.req.valid("param").session_id);
    return c.json({ ...toSessionProgress(sessions, session), ...inspectState(session.episode, { hashes, databases }) }, 200);
  });
  app.openapi(getTrajectory, (c) => {
    const session = sessions.use(c.req.valid("param").session_id);
    const { episode } = session;
    if (c.req.valid("query").format === "tau2") return c.json(toPartialSimulation(session.id, episode), 200);
    const { tools, policy } = session.getInstructions();
    return c.json({ messages: toPartialChat(episode), tools: tools as unknown as JsonObject[], policy }, 200);
  });
  app.openapi(evaluateSession, async (c) => {
    const { type } = c.req.valid("json");
    const session = sessions.use(c.req.valid("param").session_id);
    const grade = await sessions.evaluate(session, { type, signal: createClientSignal(c) });
    return c.json({ ...toSessionProgress(sessions, session), ...grade }, 200);
  });
}

/** Adds the OpenAPI document of all routes, and a page that shows it. */
export function addDocumentation(app: OpenAPIHono<Bindings>, { version }: RestContext, rules: GuardRules): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  let text: string | undefined;
  app.get("/openapi.json", (c) => {
    text ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "tau2 environments",
          version,
          description: "Customer-service episodes for trainers: sessions with reset, step, reward, snapshots and forks.",
        },
        ...(rules.token === null ? {} : { security: [{ token: [] }] }),
      }),
    );
    return c.body(text, 200, { "content-type": "application/json" });
  });
  app.get("/docs", swaggerUI({ url: "/openapi.json", title: "tau2 environments" }));
}
