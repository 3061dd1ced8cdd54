import { resolve } from "node:path";
import { isTau2Error } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { startServer, type RunningServer, type ServerEvent, type ServerOptions } from "@tau2/gym/server";
import { getDataDirectory } from "../data/data-directory.ts";
import { domainNames, loadDomain } from "../domain/load-domain.ts";
import { formatError, UsageError } from "../errors.ts";
import type { CliIo } from "../io.ts";
import { preflight } from "../run/preflight.ts";
import { count } from "../ui/text.ts";
import { createServeCounterparts, type ServeValues } from "./counterparts.ts";

/** A listening server, with the line that presents it. */
export interface OpenedServer {
  readonly server: RunningServer;
  readonly headline: string;
}

/**
 * Starts a server with its domains and counterparts, once the endpoints of its models answer. It reports faults of sessions on standard error.
 * @throws UsageError when the models or the address cannot be used
 */
export async function openServer(values: ServeValues, io: CliIo): Promise<OpenedServer> {
  const dataDir = getDataDirectory(io, values.data);
  const { cast, endpoints } = createServeCounterparts(values, io, dataDir);
  await preflight(endpoints);
  const domains = await Promise.all((values.domains ?? domainNames).map((name) => loadDomain(name, io.cwd)));
  const server = await listen({
    ...getServerOptions(values, io),
    ...cast,
    domains,
    dataDir,
    onEvent: (event) => reportEvent(io, event),
  });
  return { server, headline: formatHeadline(server, cast.defaultUser ?? "scripted") };
}

/** Returns the number of steps that are being played. */
export function countRunningSteps({ sessions }: RunningServer): number {
  return [...sessions.pool.all()].filter(({ isBusy }) => isBusy).length;
}

function getServerOptions(values: ServeValues, { env, cwd }: CliIo): Omit<ServerOptions, "domains"> {
  return {
    host: values.host,
    port: values.port,
    token: values.token ?? env["TAU2_TOKEN"],
    allowedHosts: values.allowed_hosts,
    state: values.state_dir === undefined ? null : resolve(cwd, values.state_dir),
    maxSessions: values.max_sessions,
    idleTimeoutMs: values.idle_timeout * 1000,
    drainMs: values.drain_timeout * 1000,
    defaults: { maxSteps: values.max_steps, maxErrors: values.max_errors, turnTimeoutMs: values.turn_timeout * 1000 },
  };
}

async function listen(options: ServerOptions): Promise<RunningServer> {
  try {
    return await startServer(options);
  } catch (cause) {
    if (isTau2Error(cause)) throw cause;
    throw new UsageError(
      `cannot listen on ${options.host} port ${options.port}: ${getErrorMessage(cause)}. Choose another with --port or --host`,
      { cause },
    );
  }
}

function formatHeadline({ url, sessions }: RunningServer, user: string): string {
  const { registry, pool } = sessions;
  const back = pool.active > 0 ? `; ${count(pool.active, "session")} brought back` : "";
  return `serving ${registry.names.join(", ")} at ${url} (routes: ${url}/docs), user ${user}${back}. Ctrl-C ends it.`;
}

function reportEvent({ stderr }: CliIo, event: ServerEvent): void {
  switch (event.type) {
    case "session_unreadable":
      stderr.write(`session ${event.sessionId} cannot be brought back: ${getErrorMessage(event.error)}\n`);
      break;
    case "store_failed":
      stderr.write(`session ${event.sessionId} cannot be stored, and the change is taken back: ${getErrorMessage(event.error)}\n`);
      break;
    case "store_recovered":
      stderr.write("sessions can be stored again\n");
      break;
    case "internal_error":
      stderr.write(`${formatError(event.error)}\n`);
      break;
    case "session_opened":
    case "session_closed":
    case "step_taken":
      break;
  }
}
