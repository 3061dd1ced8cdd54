/**
 * An environment over the Model Context Protocol: one session is one database.
 * Needs the optional peer `@modelcontextprotocol/server`, and to listen on a port `@modelcontextprotocol/node` as well.
 */
export { mcpServer, type McpServerOptions } from "./server.ts";
export { serveMcpStdio, type McpStdioServer } from "./stdio.ts";
export { mcpSessions, type McpSessions, type McpSessionsOptions } from "./sessions.ts";
export { serveMcpHttp, type McpHttpOptions, type McpHttpServer } from "./http.ts";
