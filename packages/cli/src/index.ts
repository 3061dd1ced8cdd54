export { exitCodes } from "./exit-codes.ts";
export type { CliIo, Output } from "./io.ts";
export { runCli } from "./run-cli.ts";
