import {
  buildApplication,
  buildRouteMap,
  version,
  type Application,
  type Command,
  type RouteMap,
  type StricliIntegration,
  ExitCode,
  run,
} from "@stricli/core";
import type { BuiltCommand } from "./command-line/define-command.ts";
import { withoutSecrets, type CliContext, type CliIo, type Output } from "./io.ts";
import { commands, groups } from "./commands.ts";
import { normalizeArgv } from "./command-line/normalize-argv.ts";
import { createParserText } from "./command-line/parser-messages.ts";
import { getOwnVersion } from "./own-version.ts";
import { exitCodes } from "./errors.ts";

/** Creates the `tau2` command as the parser knows it, with messages for a command line. */
function createApp(argv: readonly string[], output: Output): Application<CliContext> {
  return buildApplication(
    routeMap(),
    {
      name: "tau2",
      scanner: { caseStyle: "allow-kebab-for-camel", allowArgumentEscapeSequence: true },
      localization: { text: createParserText(argv) },
    },
    { help: createHelp(output), version: version({ brief: "print the version", alias: "v", info: { currentVersion: getOwnVersion() } }) },
  );
}

function routeMap(): RouteMap<CliContext> {
  const routes: Record<string, Command<CliContext> | RouteMap<CliContext>> = {};
  const byGroup = new Map<string, Record<string, Command<CliContext>>>();
  for (const [name, { command }] of Object.entries<BuiltCommand>(commands)) {
    const [group, verb] = name.split(" ") as [string, string?];
    if (verb === undefined) routes[group] = command;
    else byGroup.set(group, { ...byGroup.get(group), [verb]: command });
  }
  for (const [group, verbs] of byGroup) routes[group] = buildRouteMap({ routes: verbs, docs: { brief: groups[group]! } });
  return buildRouteMap({ routes, docs: { brief: "customer-service work as an environment for agents" } });
}

/** Creates the option `--help`, which is as wide as the terminal. */
function createHelp(output: Output): StricliIntegration<CliContext> {
  return {
    flag: {
      brief: "print help",
      aliases: ["h"],
      global: true,
      defaultForRouteMap: true,
      async run(_app, { result }) {
        const { formatHelp } = await import("./command-line/format-help.ts");
        this.process.stdout.write(formatHelp(result.prefix.slice(1), output.isTTY ? output.columns : undefined));
      },
    },
  };
}

const usageFaults: ReadonlySet<unknown> = new Set([ExitCode.UnknownCommand, ExitCode.InvalidArgument]);

/**
 * Runs one command line of `tau2` and returns its exit code: see `exitCodes`. It writes to the streams it is given, and touches neither
 * `process.argv` nor `process.exitCode`, so that it can be called from tests and other programs.
 * @example
 * ```ts
 * import { runCli } from "@tau2/cli";
 *
 * const code = await runCli(["tasks", "list", "airline"], { stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() });
 * ```
 */
export async function runCli(argv: readonly string[], given: CliIo): Promise<number> {
  const io = withoutSecrets(given);
  const streams = {
    stdout: { write: (text: string) => void io.stdout.write(text) },
    stderr: { write: (text: string) => void io.stderr.write(text) },
  };
  const process: CliContext["process"] = { ...streams, env: io.env };
  const words = normalizeArgv(argv);
  await run(createApp(words, io.stdout), words, { process, io });
  const code = process.exitCode;
  if (usageFaults.has(code)) return exitCodes.usage;
  return typeof code === "number" && code >= 0 ? code : exitCodes.failed;
}
