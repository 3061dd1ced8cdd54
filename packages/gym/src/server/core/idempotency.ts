import { createHash } from "node:crypto";
import { ServerError, isServerError } from "./server-error.ts";

/**
 * Responses to requests with an id, so that a repeated request, sent because its response got lost, gets the same response and
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

/** An answer, and a fingerprint of the request that it was given to. */
export interface CachedResponse<Answer> {
  readonly fingerprint: string;
  readonly answer: Answer;
}

/** A short text that two requests share only if they ask the same. */
export function fingerprintRequest(request: unknown): string {
  return createHash("sha256").update(JSON.stringify(request)).digest("base64url");
}

/** @throws ServerError `request_id_reused` when the request that was answered is another one */
export function requireSameRequest(requestId: string, fingerprint: string, remembered: Pick<CachedResponse<unknown>, "fingerprint">): void {
  if (remembered.fingerprint === fingerprint) return;
  throw new ServerError(
    "request_id_reused",
    `request_id '${requestId}' belongs to another request: give every request an id of its own, and repeat it only together with the request`,
  );
}

/** Does something; `done` says that it has happened, and only has to be written down: from there on it cannot be given up. */
export type Work<T> = (signal: AbortSignal, done: () => void) => Promise<T>;

/** Work that several may wait for. It is given up when the last of them has gone. */
export class SharedTask<T> {
  /** Settled with the work, without its outcome. */
  readonly settled: Promise<void>;
  readonly #controller = new AbortController();
  readonly #outcome: Promise<T>;
  #waiting = 0;
  #state: "under way" | "done" | "failed" = "under way";

  constructor(work: Work<T>) {
    const done = () => void (this.#state = "done");
    const { signal } = this.#controller;
    // Cancelled work fails in many ways; the reason of its cancellation is what matters.
    this.#outcome = work(signal, done).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
    this.settled = this.#outcome.then(done, () => void (this.#state = "failed"));
  }

  /** Returns true if the work was cancelled or has failed. */
  get isAbandoned(): boolean {
    return this.#state === "failed" || (this.#state === "under way" && this.#controller.signal.aborted);
  }

  /** Cancels the work; waiting requests receive the reason. */
  cancel(why: ServerError): void {
    this.#controller.abort(why);
  }

  /** Waits for the outcome until the signal aborts; committed work is returned even late. @throws ServerError `cancelled`, or the signal's own */
  async join(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    if (!signal) return this.#outcome;
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (this.#state === "done") return;
        const why = isServerError(signal.reason) ? signal.reason : new ServerError("cancelled", "who asked is gone");
        reject(why);
        if (--this.#waiting === 0) this.cancel(why);
      };
      this.#outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }
}

/** Work that runs once for each request id. Failed work runs again when it is requested again. */
export class IdempotentTasks<T> {
  readonly #byKey = new IdempotencyCache<SharedTask<T>>(10_000);
  readonly #underWay = new Set<SharedTask<T>>();

  /** All that is under way. */
  get underWay(): Iterable<SharedTask<T>> {
    return this.#underWay;
  }

  /** @throws ServerError `request_id_reused`; what the work throws */
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
      if (!known.answer.isAbandoned) return known.answer.join(signal);
      await known.answer.settled;
      if (this.#byKey.get(key) === known && known.answer.isAbandoned) break;
    }
    const started = this.#start(work);
    this.#byKey.set(key, { fingerprint, answer: started });
    return started.join(signal);
  }

  #start(work: (signal: AbortSignal) => Promise<T>): SharedTask<T> {
    const started = new SharedTask(work);
    this.#underWay.add(started);
    void started.settled.then(() => this.#underWay.delete(started));
    return started;
  }
}
