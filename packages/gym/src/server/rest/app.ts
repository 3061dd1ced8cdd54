import { OpenAPIHono } from "@hono/zod-openapi";
import { swaggerUI } from "@hono/swagger-ui";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { checkDepth, type Bindings, describeIssues, readBody } from "./requests.ts";
import { ServerError } from "../core/server-error.ts";
import type { SessionManager } from "../core/session-manager.ts";
import type { ServerMetrics } from "../metrics/server-metrics.ts";
import { addBranchRoutes, addSessionRoutes } from "./session-routes.ts";
import { addCatalogRoutes, addInspectionRoutes, openPaths, addServiceRoutes } from "./service-routes.ts";
import { requireOwnSite, requireToken, type Credentials, type GuardRules } from "./guard.ts";
import type { RestContext } from "./responses.ts";
import { addStepRoutes } from "./step-routes.ts";

/** A route's method and its path, in which `:name` matches any segment. */
interface Route {
  readonly method: string;
  readonly path: string;
}

/** Returns the methods of a path; empty for an unknown path. A route with exactly this path precedes routes that match it. */
function getAllowedMethods(routes: readonly Route[], path: string): string[] {
  const own = routes.filter(({ method }) => method !== "ALL");
  const named = own.filter((route) => route.path === path);
  const chosen = named.length > 0 ? named : own.filter((route) => matchesPattern(route.path.split("/"), path.split("/")));
  const methods = new Set(chosen.map(({ method }) => method));
  return [...methods, ...(methods.has("GET") ? ["HEAD"] : [])];
}

function matchesPattern(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length && pattern.every((part, i) => part === segments[i] || (part.startsWith(":") && segments[i] !== ""))
  );
}

/** Parts of the HTTP application. */
export interface AppParts extends RestContext {
  sessions: SessionManager;
  metrics: ServerMetrics;
  rules: GuardRules;
  /** Largest body of a request, in bytes. */
  maxBodyBytes: number;
  /** Adds more routes behind the same guards. */
  addRoutes?: ((app: OpenAPIHono<Bindings>) => void) | undefined;
}

/** Creates the HTTP application of a server. */
export function createApp(parts: AppParts): OpenAPIHono<Bindings> {
  const { metrics, rules, toErrorResponse } = parts;
  const app = new OpenAPIHono<Bindings>({
    defaultHook(result) {
      if (result.success) return;
      const place = requestParts[result.target] ?? result.target;
      throw new ServerError("invalid", `the request's ${place} is wrong: ${describeIssues(result.error.issues)}`);
    },
  });
  app.use(async (c, next) => {
    const started = performance.now();
    await next();
    const pattern = routePath(c, -1);
    const route = pattern === "/*" ? "unknown" : pattern;
    metrics.onRequest({ method: c.req.method, route, status: c.res.status, seconds: (performance.now() - started) / 1000 });
    // The client must not reuse this connection for its next attempt.
    if (parts.sessions.isDraining) c.header("connection", "close");
  });
  app.use(async (c, next) => {
    const credentials = getCredentials(c);
    requireOwnSite(credentials, rules);
    if (!openPaths.has(c.req.path)) requireToken(credentials, rules);
    await next();
  });
  app.use(limitBody(parts.maxBodyBytes));
  app.onError((thrown, c) => {
    const { status, headers, body } = toErrorResponse(thrown);
    return c.json(body, status as ContentfulStatusCode, headers);
  });
  app.notFound((c) => {
    const { status, headers, body } = toErrorResponse(createRouteError(c.req, getAllowedMethods(app.routes, c.req.path)));
    return c.json(body, status as ContentfulStatusCode, headers);
  });

  addSessionRoutes(app, parts);
  addStepRoutes(app, parts);
  addBranchRoutes(app, parts);
  addInspectionRoutes(app, parts);
  addCatalogRoutes(app, parts);
  addServiceRoutes(app, parts, metrics);
  parts.addRoutes?.(app);
  addDocumentation(app, parts);
  return app;
}

function createRouteError({ method, path }: { method: string; path: string }, allowed: readonly string[]): ServerError {
  if (allowed.length === 0) return new ServerError("not_found", `no route ${method} ${path}; /docs lists all routes`);
  return new ServerError("method_not_allowed", `${path} allows ${allowed.join(", ")}, not ${method}`, { allow: allowed.join(", ") });
}

const requestParts: Readonly<Record<string, string>> = { json: "body", param: "path", query: "query" };

function getCredentials({ req }: Context): Credentials {
  return { host: req.header("host"), origin: req.header("origin"), authorization: req.header("authorization") };
}

/** Rejects bodies that are too large or too deep. */
function limitBody(maxSize: number): MiddlewareHandler<Bindings> {
  return async ({ req }, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      const text = await readBody(req, maxSize);
      checkDepth(text);
      // The framework reads the body from here.
      req.bodyCache.text = Promise.resolve(text) as never;
    }
    await next();
  };
}

/** Adds the OpenAPI document of all routes, and a page that shows it. */
function addDocumentation(app: OpenAPIHono<Bindings>, { version, rules }: AppParts): void {
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
