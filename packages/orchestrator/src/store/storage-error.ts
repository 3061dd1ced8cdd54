import { getErrorMessage } from "@tau2/domains/internal";
import { Tau2Error } from "@tau2/domains";

/** What a file that cannot be written is answered with: which file, why, and what that means. */
export function storageError(path: string, cause: unknown, meaning: string): Tau2Error<"storage"> {
  const full = typeof cause === "object" && cause !== null && "code" in cause && (cause.code === "ENOSPC" || cause.code === "EDQUOT");
  return new Tau2Error("storage", `${path} cannot be written${full ? ", the disk is full" : ""}: ${getErrorMessage(cause)}. ${meaning}`, {
    cause,
  });
}
