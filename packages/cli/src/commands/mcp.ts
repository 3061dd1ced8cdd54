import { Environment, createEnvironmentConfig, createInitialState, type Requestor } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { serveMcpHttp, serveMcpStdio } from "@tau2/domains/mcp";
import { UsageError, exitCodes } from "../errors.ts";
import type { FlagsOf } from "../config/flags.ts";
import { whichDomain } from "../load-domain.ts";
import type { CliIo } from "../io.ts";
import { getOwnVersion } from "../own-version.ts";
import { loadDomainWithData } from "../data/data-directory.ts";
import { findTask } from "./tasks-show.ts";
import { mcpOptions } from "./mcp-options.ts";
import { getSide } from "./domain-tools.ts";

type Flags = FlagsOf<typeof mcpOptions>;

/** `tau2 mcp`: serves until the client goes, or over HTTP until it is interrupted. */
export async function mcp(io: CliIo, flags: Flags): Promise<number> {
  const newEnvironment = await environments(io, flags);
  const options = { version: getOwnVersion(), requestor: getSide(mcpOptions.as, flags.as) ?? ("assistant" as const) };
  if (flags.http || flags.port !== undefined) await serveHttp(io, newEnvironment, { ...options, port: flags.port ?? 0 });
  else await serveMcpStdio(newEnvironment(), options).closed;
  return exitCodes.ok;
}

async function environments(io: CliIo, { domain: name, data: directory, task: id, solo = false }: Flags): Promise<() => Environment> {
  if (name === undefined) {
    throw new UsageError(whichDomain("--domain "));
  }
  const { domain, data } = await loadDomainWithData(io, name, directory);
  const setup = createEnvironmentConfig(domain, data, { solo });
  const start = createInitialState(setup, (id === undefined ? null : findTask(domain, data, id).initial_state) ?? {});
  return () => new Environment(setup, start);
}

async function serveHttp(
  io: CliIo,
  newEnvironment: () => Environment,
  options: { port: number; version: string; requestor: Requestor },
): Promise<void> {
  const server = await serveMcpHttp(newEnvironment, options).catch((cause: unknown) => {
    throw new UsageError(`cannot listen on port ${options.port}: ${getErrorMessage(cause)}`, { cause });
  });
  try {
    io.stderr.write(`serving MCP at ${server.url}; Ctrl-C ends it\n`);
    await new Promise<void>((resolve) => {
      io.onInterrupt?.(resolve);
    });
  } finally {
    await server.close();
  }
}
