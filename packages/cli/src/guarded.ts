import type { CommandFunction } from "@stricli/core";
import { errorText, exitCodeOf } from "./cli-error.ts";
import type { CliContext, CommandWork } from "./context.ts";
import { exitCodes } from "./exit-codes.ts";

/** A command's work as the parser runs it: what it throws becomes a text for a person and an exit code. */
export function guarded<Flags extends Readonly<Record<string, unknown>>, Args extends readonly unknown[]>(
  work: CommandWork<Flags, Args>,
): CommandFunction<Flags, Args, CliContext> {
  return async function command(flags, ...args) {
    try {
      this.process.exitCode = (await work(this.io, flags, ...args)) ?? exitCodes.ok;
    } catch (thrown) {
      this.io.stderr.write(`${errorText(thrown)}\n`);
      this.process.exitCode = exitCodeOf(thrown);
    }
  };
}
