import { createRoute, z, type OpenAPIHono } from "@hono/zod-openapi";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import type { Bindings } from "./client-signal.ts";
import { errors, json } from "./json-content.ts";
import type { RestContext } from "./rest-context.ts";
import { send } from "./send.ts";

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
  summary: "Figures for Prometheus",
  responses: { 200: { description: "the figures", content: { "text/plain": { schema: z.string() } } }, ...errors() },
});

/** Paths that need no token: probes have none, and they tell nothing. */
export const openPaths: ReadonlySet<string> = new Set(["/health", "/healthz", "/readyz", "/openapi.json", "/docs"]);

/** Routes for those who look after the server. */
export function serviceRoutes(app: OpenAPIHono<Bindings>, { sessions }: RestContext, metrics: ServerMetrics): void {
  app.openapi(health, (c) => send(c, { status: "healthy" }));
  app.openapi(createRoute({ ...health, path: "/healthz" }), (c) => send(c, { status: "healthy" }));
  app.openapi(ready, (c) => {
    const { active, max } = sessions.registry;
    if (sessions.isDraining) return send(c, { status: "draining", active_sessions: active, max_sessions: max }, 503);
    return send(c, { status: active < max ? "ready" : "full", active_sessions: active, max_sessions: max }, active < max ? 200 : 503);
  });
  app.openapi(metricsRoute, async (c) => c.body(await metrics.text(), 200, { "content-type": metrics.contentType }) as never);
}
