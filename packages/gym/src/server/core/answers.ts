import { createHash } from "node:crypto";
import { ServerError } from "./server-error.ts";

/**
 * What was answered to requests that carry an id, so that a request that comes again, because its answer got lost, is answered again and
 * not done again. Holds the last `limit` answers.
 */
export class IdempotencyCache<Answer> {
  readonly #limit: number;
  readonly #byId = new Map<string, CachedResponse<Answer>>();

  constructor(limit: number, remembered: Iterable<[string, CachedResponse<Answer>]> = []) {
    this.#limit = limit;
    for (const [id, answer] of remembered) this.#byId.set(id, answer);
  }

  get(requestId: string): CachedResponse<Answer> | undefined {
    return this.#byId.get(requestId);
  }

  set(requestId: string, answer: CachedResponse<Answer>): void {
    this.#byId.delete(requestId);
    this.#byId.set(requestId, answer);
    for (const oldest of this.#byId.keys()) {
      if (this.#byId.size <= this.#limit) break;
      this.#byId.delete(oldest);
    }
  }

  clear(): void {
    this.#byId.clear();
  }

  entries(): IterableIterator<[string, CachedResponse<Answer>]> {
    return this.#byId.entries();
  }
}

/** An answer, and a print of the request that it was given to. */
export interface CachedResponse<Answer> {
  readonly print: string;
  readonly answer: Answer;
}

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
