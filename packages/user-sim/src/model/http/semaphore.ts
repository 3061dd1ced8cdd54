/** A FIFO semaphore. */
export interface Semaphore {
  /**
   * Runs work as soon as a slot is free, synchronously if possible. Work whose signal is aborted frees its slot, even if it ignores the
   * signal.
   * @throws the signal's reason if it is aborted while the work waits
   */
  run<T>(work: () => T | Promise<T>, signal?: AbortSignal): T | Promise<T>;
}

/** Creates a semaphore with `limit` slots. */
export function createSemaphore(limit: number): Semaphore {
  const waiting = new Set<() => void>();
  let free = limit;

  /** Passes the slot to the longest waiting work directly, so that other work cannot take it first. */
  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else free++;
  }

  function inside<T>(work: () => T | Promise<T>, signal: AbortSignal | undefined): T | Promise<T> {
    let result: T | Promise<T>;
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
