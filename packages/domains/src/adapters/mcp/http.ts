import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "../../core/environment/environment.ts";
import { mcpSessions, type McpSessionsOptions } from "./sessions.ts";

/** Options of {@link serveMcpHttp}. */
export interface McpHttpOptions extends McpSessionsOptions {
  /** Port to listen on. Default: a free port. */
  port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`. For other addresses `allowedHostnames` is the only protection. */
  hostname?: string | undefined;
}

/** A running server. */
export interface McpHttpServer extends AsyncDisposable {
  /** URL for clients, such as `http://127.0.0.1:PORT/mcp`. */
  readonly url: string;
  /** Number of open sessions. */
  readonly sessions: number;
  /** Ends all sessions and connections, and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves MCP over Streamable HTTP at `/mcp`, with a new environment for each session; see {@link mcpSessions}.
 * Needs the packages `@modelcontextprotocol/server` and `@modelcontextprotocol/node`.
 * @throws the error of `listen`, such as EADDRINUSE for a port that is in use
 * @example
 * ```ts
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { serveMcpHttp } from "@tau2/domains/mcp";
 * import { retail } from "@tau2/domains/retail";
 *
 * const server = await serveMcpHttp(() => loadEnvironment(retail), { maxSessions: 10 });
 * console.log(server.url);
 * await server.close();
 * ```
 */
export async function serveMcpHttp(newEnvironment: () => Environment, options: McpHttpOptions = {}): Promise<McpHttpServer> {
  const { port = 0, hostname = "127.0.0.1" } = options;
  const { toNodeHandler } = await import("@modelcontextprotocol/node");
  const sessions = mcpSessions(newEnvironment, options);
  const handle = toNodeHandler(sessions);
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] !== "/mcp") {
      response.writeHead(404, { "content-type": "text/plain" }).end("Not found. The MCP endpoint is /mcp.\n");
      return;
    }
    handle(request as Parameters<typeof handle>[0], response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  const close = async () => {
    await sessions.close();
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeAllConnections();
    await closed;
  };
  const at = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    url: `http://${at}:${(server.address() as AddressInfo).port}/mcp`,
    get sessions() {
      return sessions.size;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
