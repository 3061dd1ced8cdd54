import type { MaybePromise } from "../maybe-promise.ts";

/** Lets only so many in at a time; the others wait in the order in which they came. */
export interface Semaphore {
  /**
   * Does some work as soon as there is room: at once where there is, and at once also where the work is done at once. Work whose signal is
   * aborted no longer takes up room, whether it heeds the signal or not.
   * @throws the signal's reason when it is aborted while the work waits
   */
  run<T>(work: () => MaybePromise<T>, signal?: AbortSignal): MaybePromise<T>;
}

/** A gate with room for `limit`. */
export function createSemaphore(limit: number): Semaphore {
  const waiting = new Set<() => void>();
  let free = limit;

  /** A place goes from hand to hand, so that nobody slips in before the one who waits. */
  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else free++;
  }

  function inside<T>(work: () => MaybePromise<T>, signal: AbortSignal | undefined): MaybePromise<T> {
    let result: MaybePromise<T>;
    try {
      result = work();
    } catch (error) {
      leave();
      throw error;
    }
    if (result instanceof Promise) return leaving(result, signal);
    leave();
    return result;
  }

  function leaving<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    let gone = false;
    const once = () => {
      if (!gone) leave();
      gone = true;
    };
    signal?.addEventListener("abort", once, { once: true });
    return result.finally(() => {
      signal?.removeEventListener("abort", once);
      once();
    });
  }

  async function place(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const enter = () => {
        waiting.delete(enter);
        signal?.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        waiting.delete(enter);
        reject(signal?.reason as Error);
      };
      waiting.add(enter);
      signal?.addEventListener("abort", giveUp, { once: true });
    });
  }

  return {
    run(work, signal) {
      if (free === 0) return place(signal).then(() => inside(work, signal));
      free--;
      return inside(work, signal);
    },
  };
}
