import { createHash } from "node:crypto";
import { onAbort } from "@tau2/user-sim/internal";
import { ServerError, isServerError } from "./server-error.ts";

/**
 * Responses by request id. A client whose connection broke repeats its request and receives the same response; the work is not repeated.
 * Holds the last `limit` responses.
 */
export class IdempotencyCache<T> {
  readonly #limit: number;
  readonly #byId = new Map<string, CachedResponse<T>>();

  constructor(limit: number, entries: Iterable<[string, CachedResponse<T>]> = []) {
    this.#limit = limit;
    for (const [id, response] of entries) this.#byId.set(id, response);
  }

  get(requestId: string): CachedResponse<T> | undefined {
    return this.#byId.get(requestId);
  }

  set(requestId: string, response: CachedResponse<T>): void {
    this.#byId.delete(requestId);
    this.#byId.set(requestId, response);
    for (const oldest of this.#byId.keys()) {
      if (this.#byId.size <= this.#limit) break;
      this.#byId.delete(oldest);
    }
  }

  /** Returns a cache with one more response. This one does not change. */
  with(requestId: string, response: CachedResponse<T>): IdempotencyCache<T> {
    const extended = new IdempotencyCache(this.#limit, this.#byId);
    extended.set(requestId, response);
    return extended;
  }

  entries(): IterableIterator<[string, CachedResponse<T>]> {
    return this.#byId.entries();
  }
}

/** A response, and the fingerprint of its request. */
export interface CachedResponse<T> {
  readonly fingerprint: string;
  readonly response: T;
}

/** Returns a hash of a request. Equal requests have equal hashes. */
export function fingerprintRequest(request: unknown): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

/** Checks that a repeated request equals the first one with its id. @throws ServerError `request_id_reused` */
export function requireSameRequest(requestId: string, fingerprint: string, first: Pick<CachedResponse<unknown>, "fingerprint">): void {
  if (first.fingerprint === fingerprint) return;
  throw new ServerError(
    "request_id_reused",
    `request_id '${requestId}' belongs to another request: use a new id for each request, and repeat an id only with the same request`,
  );
}

/** Work of a task. It calls `commit()` at the point of no return; after that it cannot be cancelled. */
export type Work<T> = (signal: AbortSignal, commit: () => void) => Promise<T>;

/** Work that several requests wait for. It is cancelled when the last of them disconnects. */
export class SharedTask<T> {
  /** Resolves when the work has succeeded or failed. */
  readonly settled: Promise<void>;
  readonly #controller = new AbortController();
  readonly #outcome: Promise<T>;
  #waiting = 0;
  #state: "running" | "committed" | "failed" = "running";

  constructor(work: Work<T>) {
    const commit = () => void (this.#state = "committed");
    const { signal } = this.#controller;
    // Cancelled work fails with any error; clients need the reason of the cancellation.
    this.#outcome = work(signal, commit).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
    this.settled = this.#outcome.then(commit, () => void (this.#state = "failed"));
  }

  /** Returns true if the work was cancelled or has failed. */
  get isAbandoned(): boolean {
    return this.#state === "failed" || (this.#state === "running" && this.#controller.signal.aborted);
  }

  /** Cancels the work; waiting requests receive the reason. */
  cancel(reason: ServerError): void {
    this.#controller.abort(reason);
  }

  /** Waits for the outcome until the signal aborts; committed work is returned even late. @throws ServerError `cancelled`, or the signal's own */
  async join(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    if (!signal) return this.#outcome;
    return new Promise((resolve, reject) => {
      const unlink = onAbort(signal, (abortReason) => {
        if (this.#state === "committed") return;
        const reason = isServerError(abortReason) ? abortReason : new ServerError("cancelled", "the client disconnected");
        reject(reason);
        if (--this.#waiting === 0) this.cancel(reason);
      });
      this.#outcome.then(resolve, reject).finally(unlink);
    });
  }
}

/** Work that runs once for each request id. Failed work runs again when it is requested again. */
export class IdempotentTasks<T> {
  readonly #byKey = new IdempotencyCache<SharedTask<T>>(10_000);
  readonly #running = new Set<SharedTask<T>>();

  /** Tasks that have not settled. */
  get running(): Iterable<SharedTask<T>> {
    return this.#running;
  }

  /** Runs work, or joins the work of an earlier request with the same key. @throws ServerError `request_id_reused`; errors of the work */
  async run(
    key: string | undefined,
    request: unknown,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    if (key === undefined) return this.#start(work).join(signal);
    const fingerprint = fingerprintRequest(request);
    for (let known = this.#byKey.get(key); known; known = this.#byKey.get(key)) {
      requireSameRequest(key, fingerprint, known);
      if (!known.response.isAbandoned) return known.response.join(signal);
      await known.response.settled;
      if (this.#byKey.get(key) === known && known.response.isAbandoned) break;
    }
    const started = this.#start(work);
    this.#byKey.set(key, { fingerprint, response: started });
    return started.join(signal);
  }

  #start(work: (signal: AbortSignal) => Promise<T>): SharedTask<T> {
    const started = new SharedTask(work);
    this.#running.add(started);
    void started.settled.then(() => this.#running.delete(started));
    return started;
  }
}
