import { ExitCode, run } from "@stricli/core";
import { tau2App } from "./app.ts";
import { normalizeArgv } from "./argv.ts";
import type { CliContext } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";
import type { CliIo } from "./io.ts";

const usageFaults: ReadonlySet<unknown> = new Set([ExitCode.UnknownCommand, ExitCode.InvalidArgument]);

/**
 * Runs one command line of `tau2` and returns its exit code: see `exitCodes`. It writes to the streams it is given, and touches neither
 * `process.argv` nor `process.exitCode`, so that it can be called from tests and other programs.
 *
 * ```ts
 * const code = await runCli(["tasks", "list", "airline"], { stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd() });
 * ```
 */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const streams = {
    stdout: { write: (text: string) => void io.stdout.write(text) },
    stderr: { write: (text: string) => void io.stderr.write(text) },
  };
  const process: CliContext["process"] = { ...streams, env: io.env };
  await run(tau2App(), normalizeArgv(argv), { process, io });
  const code = process.exitCode;
  if (usageFaults.has(code)) return exitCodes.usage;
  return typeof code === "number" && code >= 0 ? code : exitCodes.failed;
}
