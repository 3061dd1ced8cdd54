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
  /** Sessions at a time, 1000 unless given. One more ends the session that has been quiet for longest: its client is told 404 and begins anew. */
  maxSessions?: number;
  /** Names by which the server may be called, without ports; those of this machine unless given. Other `Host` headers get 403. */
  allowedHostnames?: readonly string[];
  /** Names of pages whose scripts may call the server, without scheme and port; those of this machine unless given. Other `Origin` headers get 403. */
  allowedOrigins?: readonly string[];
}

/** Sessions of MCP over HTTP, each with an environment of its own. */
export interface McpSessions {
  /** Answers one request of the Streamable HTTP transport: mount it on any server of web-standard requests. */
  fetch(request: Request): Promise<Response>;
  /** Sessions that are open now. */
  readonly size: number;
  /** Ends all sessions. */
  close(): Promise<void>;
}

/**
 * MCP over Streamable HTTP with sessions: each `initialize` gets a fresh environment, every later request names its session by the header
 * `Mcp-Session-Id`, and DELETE ends it. These are the session-based revisions of the protocol, up to 2025-11-25; a client that prefers
 * the stateless revision 2026-07-28 finds out when it connects and falls back.
 */
export function mcpSessions(newEnvironment: () => Environment, options: McpSessionsOptions = {}): McpSessions {
  const { maxSessions = 1000, allowedHostnames = localhostAllowedHostnames(), allowedOrigins = localhostAllowedOrigins() } = options;
  /** By their ids, the one that has been quiet for longest first. */
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
