import { resolve } from "node:path";
import { isTau2Error } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { startServer, type RunningServer, type ServerEvent, type ServerOptions } from "@tau2/gym/server";
import { formatError, UsageError, exitCodes } from "../errors.ts";
import { compose } from "../config/compose.ts";
import { getGivenValues, type FlagsOf } from "../config/flags.ts";
import { domainNames, loadDomain } from "../load-domain.ts";
import type { CliIo } from "../io.ts";
import { preflight } from "../run/preflight.ts";
import { createServeCounterparts, type ServeValues } from "../serve/counterparts.ts";
import { count } from "../ui/text.ts";
import { getDataDirectory } from "../data/data-directory.ts";
import { serveOptions } from "../serve/serve-options.ts";

/** `tau2 serve`: serves until it is interrupted, and then finishes the running requests. */
export async function serve(io: CliIo, flags: FlagsOf<typeof serveOptions>): Promise<number> {
  const { values } = compose({ options: serveOptions, configs: [], given: getGivenValues(serveOptions, flags), cwd: io.cwd });
  const dataDir = getDataDirectory(io, values.data);
  const { cast, endpoints } = createServeCounterparts(values, io, dataDir);
  await preflight(endpoints);
  const domains = await Promise.all((values.domains ?? domainNames).map((name) => loadDomain(name, io.cwd)));
  const server = await started({ ...getServerOptions(values, io), ...cast, domains, dataDir, onEvent: (event) => tell(io, event) });
  // The one thing that programs want to know.
  io.stdout.write(`${server.url}\n`);
  io.stderr.write(`${headline(server, cast.defaultUser ?? "scripted")}\n`);
  await interrupted(io);
  io.stderr.write(
    `Stopping when ${count(busy(server), "running step")} ${busy(server) === 1 ? "is" : "are"} answered; press Ctrl-C again to stop immediately.\n`,
  );
  await server.close();
  return exitCodes.ok;
}

function getServerOptions(values: ServeValues, { env, cwd }: CliIo): Omit<ServerOptions, "domains"> {
  return {
    host: values.host,
    port: values.port,
    token: values.token ?? env["TAU2_TOKEN"],
    allowedHosts: values.allowed_hosts,
    state: values.state_dir === undefined ? null : resolve(cwd, values.state_dir),
    maxSessions: values.max_sessions,
    idleTimeoutMs: seconds(values.idle_timeout),
    drainMs: seconds(values.drain_timeout),
    defaults: { maxSteps: values.max_steps!, maxErrors: values.max_errors!, turnTimeoutMs: seconds(values.turn_timeout)! },
  };
}

function seconds(value: number | undefined): number | undefined {
  return value === undefined ? undefined : value * 1000;
}

async function started(options: ServerOptions): Promise<RunningServer> {
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

function headline({ url, sessions }: RunningServer, user: string): string {
  const { registry, pool } = sessions;
  const back = pool.active > 0 ? `; ${count(pool.active, "session")} brought back` : "";
  return `serving ${registry.names.join(", ")} at ${url} (routes: ${url}/docs), user ${user}${back}. Ctrl-C ends it.`;
}

function busy({ sessions }: RunningServer): number {
  return [...sessions.pool.all()].filter(({ isBusy }) => isBusy).length;
}

async function interrupted(io: CliIo): Promise<void> {
  await new Promise<void>((done) => {
    const release = io.onInterrupt?.(() => {
      // The second signal finds no listener, so the process ends immediately.
      release?.();
      done();
    });
  });
}

function tell({ stderr }: CliIo, event: ServerEvent): void {
  switch (event.type) {
    case "session_unreadable":
      stderr.write(`session ${event.sessionId} cannot be brought back: ${getErrorMessage(event.error)}\n`);
      break;
    case "store_failed":
      stderr.write(`session ${event.sessionId} cannot be stored: ${getErrorMessage(event.error)}\n`);
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
