/**
 * Environments over the Model Context Protocol. Each session has its own database.
 * Needs the optional peer dependency `@modelcontextprotocol/server`, and to listen on a port also `@modelcontextprotocol/node`.
 */
export { mcpServer } from "./server.ts";
export { serveMcpStdio, type McpStdioServer } from "./stdio.ts";
export { mcpSessions, type McpSessions } from "./sessions.ts";
export { serveMcpHttp, type McpHttpServer } from "./http.ts";
