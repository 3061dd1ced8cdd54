import { type Domain, Tau2Error } from "@tau2/domains";
import { registerSecret } from "@tau2/domains/internal";
import { type ServerEvent, type SessionManagerOptions, SessionManager } from "./core/session-manager.ts";
import type { SessionStore } from "./core/session-document.ts";
import { createAdaptorServer } from "@hono/node-server";
import { OpenAPIHono } from "@hono/zod-openapi";
import { routePath } from "hono/route";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createServerMetrics, type ServerMetrics } from "./metrics/server-metrics.ts";
import { addOpenEnvRoutes } from "./openenv/http-routes.ts";
import { createWebSockets } from "./openenv/web-sockets.ts";
import { addIndex } from "./rest/index-page.ts";
import { createRouteError, toClientError, toInternalError, type RestContext } from "./rest/responses.ts";
import {
  describeIssues,
  getAllowedHosts,
  getCredentials,
  isLoopback,
  limitBody,
  requireOwnSite,
  requireToken,
  type Bindings,
  type GuardRules,
} from "./rest/requests.ts";
import { addBranchRoutes, addSessionRoutes } from "./rest/session-routes.ts";
import { addCatalogRoutes, addDocumentation, addInspectionRoutes, addServiceRoutes, openPaths } from "./rest/service-routes.ts";
import { addStepRoutes } from "./rest/step-routes.ts";
import { ServerError } from "./core/server-error.ts";
import { directoryStore } from "./store/directory-store.ts";
import manifest from "../../package.json" with { type: "json" };

/** Options of `startServer`. */
export interface ServerOptions extends Omit<SessionManagerOptions, "store"> {
  domains: readonly Domain[];
  /** Address to listen on. Default 127.0.0.1, which only programs of the same machine can reach. Other addresses require a token. */
  host?: string | undefined;
  /** Port to listen on. Default 0, any free port. */
  port?: number | undefined;
  /** Secret that requests must carry as `authorization: Bearer …`. */
  token?: string | null | undefined;
  /** Host names, without port, by which clients and pages may reach the server, in addition to those of the machine. */
  allowedHosts?: readonly string[] | undefined;
  /** Largest request body and largest WebSocket message in bytes. Default 16 MiB. */
  maxBodyBytes?: number | undefined;
  /** Folder or store that keeps sessions over a restart. */
  state?: string | SessionStore | null | undefined;
  /** Milliseconds between pings. A WebSocket whose client does not reply to one is closed. Default 30,000. */
  heartbeatMs?: number | undefined;
  /** Milliseconds that `close` waits for running steps. Default 25,000. */
  drainMs?: number | undefined;
  onEvent?: ((event: ServerEvent) => void) | undefined;
}

/** Running server. */
export interface RunningServer extends AsyncDisposable {
  /** Address, such as `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly sessions: SessionManager;
  /** Refuses new requests, finishes running ones, and stops. Stored sessions exist again after the next start. */
  close(): Promise<void>;
}

/**
 * Starts the environment server.
 * @throws Tau2Error `invalid` if other machines could reach a server without a token; for unreadable data, or an address in use
 * @example
 * ```ts
 * import { airline } from "@tau2/domains/airline";
 * import { startServer } from "@tau2/gym/server";
 *
 * await using server = await startServer({ domains: [airline] });
 * const health = await fetch(`${server.url}/health`);
 * console.log(health.status);
 * ```
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const rules = createGuardRules(options, getHost(options));
  const { state } = options;
  const store = typeof state === "string" ? await directoryStore(state) : (state ?? null);
  try {
    return await openServer(options, store, rules);
  } catch (error) {
    await store?.close?.();
    throw error;
  }
}

function getHost({ host = "127.0.0.1" }: ServerOptions): string {
  return host;
}

async function openServer(options: ServerOptions, store: SessionStore | null, rules: GuardRules): Promise<RunningServer> {
  const { port = 0, drainMs = 25_000, heartbeatMs = 30_000, maxBodyBytes = 16 * 1024 * 1024 } = options;
  const metrics = createServerMetrics(() => sessions.pool);
  const emit: NonNullable<ServerOptions["onEvent"]> = (event) => {
    metrics.onEvent(event);
    options.onEvent?.(event);
  };
  const sessions = new SessionManager({ ...options, store, onEvent: emit });
  for (const name of sessions.registry.names) sessions.registry.get(name);
  await sessions.restoreAll();

  const toErrorResponse = (thrown: unknown) => {
    const response = toClientError(thrown);
    if (response) return response;
    emit({ type: "internal_error", error: thrown });
    return toInternalError();
  };
  // The build writes the version into the code, since a bundle does not include the manifest.
  const context = { sessions, version: manifest.version, toErrorResponse };
  const app = createApp({ ...context, metrics, rules, maxBodyBytes });
  const server = createAdaptorServer({ fetch: app.fetch, createServer, overrideGlobalObjects: false }) as Server;
  // Longer than the connection pools of common clients, so that the client closes first.
  server.keepAliveTimeout = 75_000;
  const silent = trackSilentConnections(server);
  const sockets = createWebSockets(server, context, { rules, maxBytes: maxBodyBytes, heartbeatMs });
  await listen(server, getHost(options), port);
  const sweeper = setInterval(() => sessions.pool.sweep(), 1000).unref();

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= stopServer());
  async function stopServer(): Promise<void> {
    clearInterval(sweeper);
    await sessions.drain(drainMs);
    await sockets.close();
    await closeServer(server, silent);
    await sessions.close();
  }
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${name}:${address.port}`,
    host: address.address,
    port: address.port,
    sessions,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function createGuardRules({ token, allowedHosts = [] }: ServerOptions, host: string): GuardRules {
  const secret = token?.trim() || null;
  if (secret === null && !isLoopback(host)) {
    throw new Tau2Error(
      "invalid",
      `${host} can be reached from other machines: give the server a token that clients must send, or listen on 127.0.0.1`,
    );
  }
  if (secret !== null) registerSecret(secret);
  return { token: secret, hosts: getAllowedHosts(host, allowedHosts) };
}

/** Parts of the HTTP application of a server. */
interface AppParts extends RestContext {
  sessions: SessionManager;
  metrics: ServerMetrics;
  rules: GuardRules;
  /** Largest body of a request, in bytes. */
  maxBodyBytes: number;
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
    const { status, headers, body } = toErrorResponse(createRouteError(c.req, app.routes));
    return c.json(body, status as ContentfulStatusCode, headers);
  });

  addSessionRoutes(app, parts);
  addStepRoutes(app, parts);
  addBranchRoutes(app, parts);
  addInspectionRoutes(app, parts);
  addCatalogRoutes(app, parts);
  addIndex(app, parts);
  addServiceRoutes(app, parts, metrics);
  addOpenEnvRoutes(app, parts);
  addDocumentation(app, parts, rules);
  return app;
}

const requestParts: Readonly<Record<string, string>> = { json: "body", param: "path", query: "query" };

async function listen(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Tracks connections without a complete request. Node does not count them as idle. */
function trackSilentConnections(server: Server): ReadonlySet<Duplex> {
  const silent = new Set<Duplex>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  server.on("upgrade", (_, socket) => silent.delete(socket));
  return silent;
}

/** Closes idle connections, then others after their response, and after 5 seconds those whose client does not read it. */
async function closeServer(server: Server, silent: ReadonlySet<Duplex>): Promise<void> {
  for (const socket of silent) socket.destroy();
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const timeout = setTimeout(() => server.closeAllConnections(), 5000);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
  clearTimeout(timeout);
}
