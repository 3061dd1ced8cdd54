import { isTau2Error, Tau2Error, type ErrorCode } from "@tau2/domains";
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

/** Returns the exit code for what a command threw. */
export function getExitCode(thrown: unknown): number {
  return isTau2Error(thrown) && usageCodes.has(thrown.code) ? exitCodes.usage : exitCodes.failed;
}

/** Formats an error for people: our own errors by their message, all others with their stack, since they are faults of this program. */
export function formatError(thrown: unknown): string {
  if (isTau2Error(thrown)) return `error: ${thrown.message}`;
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `error: tau2 failed in a way it should not; please report this.\n${stack}`;
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
