import { statSync } from "node:fs";
import { runCli } from "./run-cli.ts";

// In some directories .env is a folder: a Python environment.
if (statSync(".env", { throwIfNoEntry: false })?.isFile()) process.loadEnvFile();

// A reader such as `head` closes the pipe after the first lines; that is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

void runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  onInterrupt(handler) {
    process.on("SIGINT", handler);
    process.on("SIGTERM", handler);
    return () => void process.off("SIGINT", handler).off("SIGTERM", handler);
  },
}).then((code) => {
  process.exitCode = code;
});
