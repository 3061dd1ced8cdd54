import { serveStdio } from "@modelcontextprotocol/server/stdio";
import type { Environment } from "../../core/environment/environment.ts";
import { mcpServer, type McpServerOptions } from "./server.ts";

/** A running server on standard input and output. */
export interface McpStdioServer {
  /** Resolves when the client has disconnected. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves an environment on the standard input and output of this process. Do not write anything else to standard output.
 * @example
 * ```ts
 * import { loadEnvironment } from "@tau2/domains/data";
 * import { serveMcpStdio } from "@tau2/domains/mcp";
 * import { retail } from "@tau2/domains/retail";
 *
 * await serveMcpStdio(loadEnvironment(retail)).closed;
 * ```
 */
export function serveMcpStdio(env: Environment, options: McpServerOptions = {}): McpStdioServer {
  let release: (() => void) | undefined;
  const closed = new Promise<void>((resolve) => {
    release = resolve;
  });
  for (const event of ["end", "close"]) process.stdin.once(event, () => release?.());
  const handle = serveStdio(() => mcpServer(env, options));
  return {
    closed,
    async close() {
      await handle.close();
      release?.();
    },
  };
}
