import { didYouMean } from "@tau2/domains/internal";
import { isTau2Error } from "@tau2/domains";
import { UsageError } from "./cli-error.ts";

/** Adds the nearest known name to what is thrown because a name is unknown. */
export function withHint<T>(given: string, known: Iterable<string>, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!isTau2Error(thrown, "not_found")) throw thrown;
    throw new UsageError(`${thrown.message}${didYouMean(given, known)}`, { cause: thrown });
  }
}
