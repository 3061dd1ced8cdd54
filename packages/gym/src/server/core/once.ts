import { IdempotencyCache } from "./answers.ts";
import { fingerprintRequest, requireSameRequest } from "./request-print.ts";
import { SharedTask } from "./shared-work.ts";

/** Work that is done once for each request id. What failed is done again when it is asked for again. */
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
    const print = fingerprintRequest(request);
    for (let known = this.#byKey.get(key); known; known = this.#byKey.get(key)) {
      requireSameRequest(key, print, known);
      if (!known.answer.isAbandoned) return known.answer.join(signal);
      await known.answer.settled;
      if (this.#byKey.get(key) === known && known.answer.isAbandoned) break;
    }
    const started = this.#start(work);
    this.#byKey.set(key, { print, answer: started });
    return started.join(signal);
  }

  #start(work: (signal: AbortSignal) => Promise<T>): SharedTask<T> {
    const started = new SharedTask(work);
    this.#underWay.add(started);
    void started.settled.then(() => this.#underWay.delete(started));
    return started;
  }
}
