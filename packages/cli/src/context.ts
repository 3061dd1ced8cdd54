import type { CommandContext, StricliProcess } from "@stricli/core";
import type { CliIo } from "./io.ts";

/** What a command runs in. */
export interface CliContext extends CommandContext {
  readonly process: StricliProcess;
  readonly io: CliIo;
}

/** A command's work: returns its exit code, 0 when it returns nothing. What it throws is shown by `guarded`. */
export type CommandWork<Flags, Args extends readonly unknown[]> = (
  io: CliIo,
  flags: Flags,
  ...args: Args
) => Promise<number | void> | number | void;
