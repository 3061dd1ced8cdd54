import { Environment, createEnvironmentConfig, createInitialState } from "@tau2/domains";
import { getErrorMessage } from "@tau2/domains/internal";
import { defineCommand } from "../command-line/define-command.ts";
import type { FlagsOf } from "../config/flags.ts";
import type { OptionTable } from "../config/option.ts";
import { whichDomain } from "../domain/load-domain.ts";
import { UsageError, exitCodes } from "../errors.ts";
import { waitForInterruption, type CliIo } from "../io.ts";
import { getOwnVersion } from "../own-version.ts";
import { dataOption, domainOptionWord } from "./shared.ts";

const options = {
  domain: {
    group: "What to serve",
    kind: "text",
    placeholder: "NAME|FILE",
    brief: "a domain by name, or a module that exports one of your own",
  },
  task: {
    group: "What to serve",
    kind: "text",
    placeholder: "ID",
    brief: "begin where this task begins",
    defaultText: "with the untouched data",
  },
  as: {
    group: "What to serve",
    kind: "text",
    placeholder: "SIDE",
    choices: ["assistant", "user"],
    brief: "whose tools: assistant or user",
    defaultText: "assistant",
  },
  solo: { group: "What to serve", kind: "switch", brief: "the agent works alone and has the user's tools too" },
  data: { ...dataOption.data, group: "What to serve" },
  http: {
    group: "Where",
    kind: "switch",
    brief: "listen on 127.0.0.1, a database for each session, in place of standard input and output",
  },
  port: { group: "Where", kind: "integer", placeholder: "N", brief: "the port to listen on; implies --http", defaultText: "a free one" },
} as const satisfies OptionTable;

/** `tau2 mcp`: serves until the client goes, or over HTTP until it is interrupted. */
export const mcp = defineCommand({
  brief: "serve a domain's tools and policy over the Model Context Protocol",
  usage: "DOMAIN [options]",
  about:
    "Over standard input and output, for programs that start their servers, or with --http for programs that connect. A session is a database of its own, which goes when the session ends.",
  options,
  letters: { d: "domain" },
  wordOption: domainOptionWord,
  examples: [
    ["tau2 mcp --domain retail", "what a client's configuration calls"],
    ["tau2 mcp --domain telecom --http --port 8090", "at http://127.0.0.1:8090/mcp"],
    ["tau2 mcp --domain airline --task ID", "the database as the task has it"],
  ],
  async work({ io }, flags) {
    const { serveMcpHttp, serveMcpStdio } = await import("@tau2/domains/mcp");
    const { getSide } = await import("../domain/find-tool.ts");

    const newEnvironment = await createEnvironmentFactory(io, flags);
    const server = { version: getOwnVersion(), requestor: getSide(options.as, flags.as) ?? ("assistant" as const) };
    if (!flags.http && flags.port === undefined) {
      await serveMcpStdio(newEnvironment(), server).closed;
      return exitCodes.ok;
    }
    const { port = 0 } = flags;
    const running = await serveMcpHttp(newEnvironment, { ...server, port }).catch((cause: unknown) => {
      throw new UsageError(`cannot listen on port ${port}: ${getErrorMessage(cause)}`, { cause });
    });
    try {
      io.stderr.write(`serving MCP at ${running.url}; Ctrl-C ends it\n`);
      await waitForInterruption(io);
    } finally {
      await running.close();
    }
    return exitCodes.ok;
  },
});

async function createEnvironmentFactory(
  io: CliIo,
  { domain: name, data: directory, task: id, solo = false }: FlagsOf<typeof options>,
): Promise<() => Environment> {
  if (name === undefined) throw new UsageError(whichDomain("--domain "));
  const { loadDomainWithData } = await import("../domain/load-domain-with-data.ts");
  const { findTask } = await import("../domain/find-task.ts");
  const { domain, data } = await loadDomainWithData(io, name, directory);
  const setup = createEnvironmentConfig(domain, data, { solo });
  const start = createInitialState(setup, (id === undefined ? null : findTask(domain, data, id).initial_state) ?? {});
  return () => new Environment(setup, start);
}
