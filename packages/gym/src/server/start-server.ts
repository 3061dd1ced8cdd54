import { type Domain, Tau2Error } from "@tau2/domains";
import { type ServerEvent, type SessionManagerOptions, SessionManager } from "./core/session-manager.ts";
import type { SessionStore } from "./core/session-document.ts";
import { createAdaptorServer } from "@hono/node-server";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createServerMetrics } from "./metrics/server-metrics.ts";
import { addOpenEnvRoutes } from "./openenv/http-routes.ts";
import { createWebSockets } from "./openenv/web-sockets.ts";
import { createApp } from "./rest/app.ts";
import { toClientError, toInternalError } from "./rest/responses.ts";
import { getAllowedHosts, isLoopback, type GuardRules } from "./rest/guard.ts";
import { directoryStore } from "./store/directory-store.ts";
import manifest from "../../package.json" with { type: "json" };

/** Options of `startServer`. */
export interface ServerOptions extends Omit<SessionManagerOptions, "store"> {
  domains: readonly Domain[];
  /** Address to listen on. By default 127.0.0.1, which only programs of the same machine reach; elsewhere a token is needed. */
  host?: string | undefined;
  /** Port to listen on; 0 (default) for any that is free. */
  port?: number | undefined;
  /** Secret that requests must carry as `authorization: Bearer …`. */
  token?: string | null | undefined;
  /** Names, beside the machine's own, by which clients and pages may reach this server, without port. */
  allowedHosts?: readonly string[] | undefined;
  /** Largest body of a request and largest message, in bytes. Default 16 MiB. */
  maxBodyBytes?: number | undefined;
  /** Folder in which sessions are kept over a restart, or a store of your own. */
  state?: string | SessionStore | null | undefined;
  /** Milliseconds after which a WebSocket ends whose client does not answer a ping. Default 30 seconds. */
  heartbeatMs?: number | undefined;
  /** Milliseconds that `close` waits for steps under way. By default 25 seconds. */
  drainMs?: number | undefined;
  onEvent?: ((event: ServerEvent) => void) | undefined;
}

/** A server that runs. */
export interface RunningServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:8000`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly sessions: SessionManager;
  /** Refuses new requests, finishes running ones, and stops. Stored sessions exist again after the next start. */
  close(): Promise<void>;
}

/**
 * Starts the environment server.
 *
 * ```ts
 * const server = await startServer({ domains: [airline], port: 8000 });
 * ```
 * @throws Tau2Error `invalid` for a server without a token that others could reach; for unreadable data, or an address that cannot be used
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host = "127.0.0.1", port = 0, drainMs = 25_000, heartbeatMs = 30_000, maxBodyBytes = 16 * 1024 * 1024, state } = options;
  const rules = rulesOf(options, host);
  const metrics = createServerMetrics(() => sessions.pool);
  const emit: NonNullable<ServerOptions["onEvent"]> = (event) => {
    metrics.onEvent(event);
    options.onEvent?.(event);
  };
  const store = typeof state === "string" ? await directoryStore(state) : (state ?? null);
  const sessions = new SessionManager({ ...options, store, onEvent: emit });
  for (const name of sessions.registry.names) sessions.registry.get(name);
  await sessions.restoreAll();

  const toErrorResponse = (thrown: unknown) => {
    const known = toClientError(thrown);
    if (known) return known;
    emit({ type: "internal_error", error: thrown });
    return toInternalError();
  };
  // The build writes the version into the code, since a bundle does not include the manifest.
  const context = { sessions, version: manifest.version, toErrorResponse };
  const app = createApp({
    ...context,
    metrics,
    rules,
    maxBodyBytes,
    more: (more) => addOpenEnvRoutes(more, context),
  });
  const server = createAdaptorServer({ fetch: app.fetch, createServer, overrideGlobalObjects: false }) as Server;
  // Longer than the pools of usual clients keep a connection: who closes first must be the client.
  server.keepAliveTimeout = 75_000;
  const silent = silentConnections(server);
  const sockets = createWebSockets(server, context, { rules, maxBytes: maxBodyBytes, heartbeatMs });
  await listening(server, host, port);
  const sweeper = setInterval(() => sessions.pool.sweep(), 1000).unref();

  let closing: Promise<void> | undefined;
  const close = () => (closing ??= stop());
  async function stop(): Promise<void> {
    clearInterval(sweeper);
    await sessions.drain(drainMs);
    await sockets.close();
    await closed(server, silent);
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

function rulesOf({ token, allowedHosts = [] }: ServerOptions, host: string): GuardRules {
  const secret = token?.trim() || null;
  if (secret === null && !isLoopback(host)) {
    throw new Tau2Error(
      "invalid",
      `${host} can be reached from other machines: give the server a token that clients must send, or listen on 127.0.0.1`,
    );
  }
  return { token: secret, hosts: getAllowedHosts(host, allowedHosts) };
}

async function listening(server: Server, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** Connections on which nothing has been asked yet, or only half. Node does not count them as idle. */
function silentConnections(server: Server): ReadonlySet<Duplex> {
  const silent = new Set<Duplex>();
  server.on("connection", (socket) => {
    silent.add(socket);
    socket.once("close", () => silent.delete(socket));
  });
  server.on("request", ({ socket }) => silent.delete(socket));
  server.on("upgrade", (_, socket) => silent.delete(socket));
  return silent;
}

/** Closes idle connections, the others after their response, and at last those whose client does not read it. */
async function closed(server: Server, silent: ReadonlySet<Duplex>): Promise<void> {
  for (const socket of silent) socket.destroy();
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const last = setTimeout(() => server.closeAllConnections(), 5000);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  clearInterval(idle);
  clearTimeout(last);
}
