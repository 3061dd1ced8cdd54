export { isServerError } from "./core/server-error.ts";
export { type ServerEvent } from "./core/session-manager.ts";
export type { SessionStore } from "./core/session-document.ts";
export { type ServerOptions, startServer, type RunningServer } from "./start-server.ts";
