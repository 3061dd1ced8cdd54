import { ServerError } from "./server-error.ts";

/** Work that several may wait for. It is given up when the last of them has gone. */
export class SharedWork<T> {
  /** Settled with the work, without its outcome. */
  readonly settled: Promise<void>;
  readonly #controller = new AbortController();
  readonly #outcome: Promise<T>;
  #waiting = 0;
  #state: "under way" | "done" | "failed" = "under way";

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#outcome = work(this.#controller.signal);
    this.settled = this.#outcome.then(
      () => void (this.#state = "done"),
      () => void (this.#state = "failed"),
    );
  }

  /** Whether nobody waits for it any more, so that it is about to end, or it has ended without an outcome. */
  get isLost(): boolean {
    return this.#state === "failed" || (this.#state === "under way" && this.#controller.signal.aborted);
  }

  /** Ends the work; who waits for it is told why. */
  giveUp(why: ServerError): void {
    this.#controller.abort(why);
  }

  /** Waits for the outcome for as long as the signal is silent. @throws ServerError `cancelled`, or the signal's own */
  async join(signal: AbortSignal | undefined): Promise<T> {
    this.#waiting++;
    if (!signal) return this.#outcome;
    return new Promise((resolve, reject) => {
      const leave = () => {
        const why = signal.reason instanceof ServerError ? signal.reason : new ServerError("cancelled", "who asked is gone");
        reject(why);
        if (--this.#waiting === 0) this.giveUp(why);
      };
      if (signal.aborted) {
        leave();
        return;
      }
      signal.addEventListener("abort", leave, { once: true });
      this.#outcome.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    });
  }
}
