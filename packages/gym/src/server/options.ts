import type { Domain } from "@tau2/domains";
import type { ServerEvent } from "./core/server-event.ts";
import type { SessionStore } from "./core/session-document.ts";
import type { SessionManagerOptions } from "./core/session-manager.ts";

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
