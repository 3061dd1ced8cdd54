import { getErrorMessage } from "@tau2/domains/internal";
import { readEnvFile } from "./env-file.ts";
import { exitCodes } from "./errors.ts";
import { watchParent } from "./parent-watch.ts";
import { runCli } from "./run-cli.ts";

const parent = process.ppid;

// A terminal that was closed does not take notes any more. The work continues: its results are files.
process.stderr.on("error", () => undefined);

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head` closes the pipe after the first lines; that is not an error.
  if (error.code === "EPIPE") process.exit();
  process.stderr.write(`error: the output cannot be written: ${getErrorMessage(error)}\n`);
  process.exit(exitCodes.failed);
});

const { values, problem } = readEnvFile(".env");
if (problem) process.stderr.write(`note: ${problem}\n`);
for (const [name, value] of Object.entries(values)) process.env[name] ??= value;

void runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onInterrupt(handler) {
    process.on("SIGINT", handler);
    process.on("SIGTERM", handler);
    const unwatch = watchParent({ env: process.env, parent, getParent: () => process.ppid }, handler);
    return () => {
      unwatch();
      process.off("SIGINT", handler).off("SIGTERM", handler);
    };
  },
}).then((code) => {
  process.exitCode = code;
});
