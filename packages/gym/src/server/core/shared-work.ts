import { ServerError } from "./server-error.ts";

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
    // Work that was told to end fails in many ways; why it was told so is what matters.
    this.#outcome = work(signal, done).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : error;
    });
    this.settled = this.#outcome.then(done, () => void (this.#state = "failed"));
  }

  /** Whether nobody waits for it any more, so that it is about to end, or it has ended without an outcome. */
  get isAbandoned(): boolean {
    return this.#state === "failed" || (this.#state === "under way" && this.#controller.signal.aborted);
  }

  /** Ends the work; who waits for it is told why. */
  cancel(why: ServerError): void {
    this.#controller.abort(why);
  }

  /** Waits for the outcome for as long as the signal is silent; what has happened is told even late. @throws ServerError `cancelled`, or the signal's own */
  async join(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    if (!signal) return this.#outcome;
    return new Promise((resolve, reject) => {
      const leave = () => {
        if (this.#state === "done") return;
        const why = signal.reason instanceof ServerError ? signal.reason : new ServerError("cancelled", "who asked is gone");
        reject(why);
        if (--this.#waiting === 0) this.cancel(why);
      };
      this.#outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }
}
