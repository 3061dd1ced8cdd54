export { startServer, type RunningServer } from "./start-server.ts";
export type { ServerOptions } from "./options.ts";
