import { isTau2Error, Tau2Error, type ErrorCode } from "@tau2/domains";
import type { CommandFunction } from "@stricli/core";
import type { CliContext, CommandWork } from "./io.ts";
import { didYouMean } from "@tau2/domains/internal";

/** Exit codes of `tau2`. */
export const exitCodes = {
  /** Done, whatever the rewards are. */
  ok: 0,
  /** Something failed on the way, or a run ended with nothing that could be graded. */
  failed: 1,
  /** The command line or a configuration is wrong; nothing was begun. */
  usage: 2,
  /** Stopped by Ctrl-C; finished work is stored. */
  interrupted: 130,
} as const;

/** A wrong command line or configuration: nothing was begun. The message says what would be right. */
export class UsageError extends Tau2Error<"usage"> {
  constructor(message: string, options?: ErrorOptions) {
    super("usage", message, options);
    this.name = "UsageError";
  }
}

const usageCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "usage",
  "not_found",
  "invalid",
  "unsupported",
  "arguments",
  "incompatible",
  "busy",
]);

/** The exit code for what a command threw. */
function getExitCode(thrown: unknown): number {
  return isTau2Error(thrown) && usageCodes.has(thrown.code) ? exitCodes.usage : exitCodes.failed;
}

/** Formats an error for people: our own errors by their message, all others with their stack, since they are faults of this program. */
export function formatError(thrown: unknown): string {
  if (isTau2Error(thrown)) return `error: ${thrown.message}`;
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `error: tau2 failed in a way it should not; please report this.\n${stack}`;
}

/** A command's work as the parser runs it: what it throws becomes a text for a person and an exit code. */
export function withErrorHandling<Flags extends Readonly<Record<string, unknown>>, Args extends readonly unknown[]>(
  work: CommandWork<Flags, Args>,
): CommandFunction<Flags, Args, CliContext> {
  return async function command(flags, ...args) {
    try {
      this.process.exitCode = (await work(this.io, flags, ...args)) ?? exitCodes.ok;
    } catch (thrown) {
      this.io.stderr.write(`${formatError(thrown)}\n`);
      this.process.exitCode = getExitCode(thrown);
    }
  };
}

/** Adds the nearest known name to an error about an unknown name. */
export function withHint<T>(given: string, known: Iterable<string>, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!isTau2Error(thrown, "not_found")) throw thrown;
    throw new UsageError(`${thrown.message}${didYouMean(given, known)}`, { cause: thrown });
  }
}
