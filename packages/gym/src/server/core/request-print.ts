import { createHash } from "node:crypto";
import type { CachedResponse } from "./answers.ts";
import { ServerError } from "./server-error.ts";

/** A short text that two requests share only if they ask the same. */
export function fingerprintRequest(request: unknown): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

/** @throws ServerError `request_id_reused` when the request that was answered is another one */
export function requireSameRequest(requestId: string, print: string, remembered: Pick<CachedResponse<unknown>, "print">): void {
  if (remembered.print === print) return;
  throw new ServerError(
    "request_id_reused",
    `request_id '${requestId}' belongs to another request: give every request an id of its own, and repeat it only together with the request`,
  );
}
