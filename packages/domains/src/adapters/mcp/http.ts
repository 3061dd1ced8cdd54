import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Environment } from "../../core/environment/environment.ts";
import { mcpSessions, type McpSessionsOptions } from "./sessions.ts";

/** Options of {@link serveMcpHttp}. */
export interface McpHttpOptions extends McpSessionsOptions {
  /** A free one unless given. */
  port?: number;
  /** The address to listen on; 127.0.0.1 unless given. Beyond this machine there is no other protection than `allowedHostnames`. */
  hostname?: string;
}

/** A running server. */
export interface McpHttpServer extends AsyncDisposable {
  /** Where clients connect: `http://127.0.0.1:PORT/mcp`. */
  readonly url: string;
  /** Sessions that are open now. */
  readonly sessions: number;
  /** Ends all sessions and connections, and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves MCP over Streamable HTTP at `/mcp`, a fresh environment for each session: see {@link mcpSessions}.
 * Needs the package `@modelcontextprotocol/node` beside `@modelcontextprotocol/server`.
 * @throws what listening throws, such as EADDRINUSE for a port that is taken.
 */
export async function serveMcpHttp(newEnvironment: () => Environment, options: McpHttpOptions = {}): Promise<McpHttpServer> {
  const { port = 0, hostname = "127.0.0.1" } = options;
  const { toNodeHandler } = await import("@modelcontextprotocol/node");
  const sessions = mcpSessions(newEnvironment, options);
  const handle = toNodeHandler(sessions);
  const server = createServer((request, response) => {
    if (request.url?.split("?")[0] !== "/mcp") {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is only /mcp here.\n");
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
