import {
  hostHeaderValidationResponse,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  originValidationResponse,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import type { Environment } from "../../core/environment/environment.ts";
import { mcpServer, type McpServerOptions } from "./server.ts";

/** Options of {@link mcpSessions}. */
export interface McpSessionsOptions extends McpServerOptions {
  /** Limit of open sessions. Default: 1000. One more closes the session with the oldest last request, whose client gets 404 and starts again. */
  maxSessions?: number | undefined;
  /** Allowed names in the `Host` header, without ports. Default: the names of this machine. Other requests get 403. */
  allowedHostnames?: readonly string[] | undefined;
  /** Allowed names in the `Origin` header, without scheme and port. Default: the names of this machine. Other requests get 403. */
  allowedOrigins?: readonly string[] | undefined;
}

/** MCP sessions over HTTP, each with its own environment. */
export interface McpSessions {
  /** Handles a request of the Streamable HTTP transport. Mount it on any server with web-standard requests. */
  fetch(request: Request): Promise<Response>;
  /** Number of open sessions. */
  readonly size: number;
  /** Closes all sessions. */
  close(): Promise<void>;
}

/**
 * Creates a handler for MCP over Streamable HTTP with sessions. Each `initialize` creates an environment, later requests name their
 * session in the header `Mcp-Session-Id`, and DELETE closes it. Supports the session-based revisions of the protocol, up to 2025-11-25;
 * a client of the stateless revision 2026-07-28 falls back to them when it connects.
 * @example
 * ```ts
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { mcpSessions } from "@tau2/domains/mcp";
 * import { retail } from "@tau2/domains/retail";
 *
 * const sessions = mcpSessions(() => loadEnvironment(retail));
 * const response = await sessions.fetch(new Request("http://127.0.0.1/mcp", { method: "DELETE", headers: { host: "127.0.0.1" } }));
 * console.log(response.status);
 * await sessions.close();
 * ```
 */
export function mcpSessions(newEnvironment: () => Environment, options: McpSessionsOptions = {}): McpSessions {
  const { maxSessions = 1000, allowedHostnames = localhostAllowedHostnames(), allowedOrigins = localhostAllowedOrigins() } = options;
  // By id, in the order of their last request.
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>();

  const end = async (id: string) => {
    const session = sessions.get(id);
    sessions.delete(id);
    await session?.close();
  };

  const begin = async (request: Request) => {
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      enableJsonResponse: true,
      async onsessioninitialized(id) {
        const [quietest] = sessions.keys();
        if (quietest !== undefined && sessions.size >= maxSessions) await end(quietest);
        sessions.set(id, transport);
      },
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await mcpServer(newEnvironment(), options).connect(transport);
    const response = await transport.handleRequest(request);
    if (transport.sessionId === undefined) await transport.close();
    return response;
  };

  return {
    async fetch(request) {
      const refusal =
        hostHeaderValidationResponse(request, [...allowedHostnames]) ?? originValidationResponse(request, [...allowedOrigins]);
      if (refusal) return refusal;
      const id = request.headers.get("mcp-session-id");
      if (id === null) return begin(request);
      const session = sessions.get(id);
      if (!session) return Response.json(unknownSession, { status: 404 });
      sessions.delete(id);
      sessions.set(id, session);
      return session.handleRequest(request);
    },
    get size() {
      return sessions.size;
    },
    async close() {
      await Promise.all([...sessions.keys()].map(end));
    },
  };
}

const unknownSession = { jsonrpc: "2.0", id: null, error: { code: -32_001, message: "Session not found" } };
