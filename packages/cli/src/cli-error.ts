import { isTau2Error, Tau2Error, type ErrorCode } from "@tau2/domains";
import { exitCodes } from "./exit-codes.ts";

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
export function exitCodeOf(thrown: unknown): number {
  return isTau2Error(thrown) && usageCodes.has(thrown.code) ? exitCodes.usage : exitCodes.failed;
}

/** What a person reads of something thrown: errors thrown on purpose by their message, all else with its stack, since it is a fault of ours. */
export function errorText(thrown: unknown): string {
  if (isTau2Error(thrown)) return `error: ${thrown.message}`;
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `error: tau2 failed in a way it should not; please report this.\n${stack}`;
}
