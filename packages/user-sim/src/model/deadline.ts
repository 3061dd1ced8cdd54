/** The time for something ran out. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

const longestTimer = 2 ** 31 - 1;

/**
 * Does some work under a deadline and the caller's own signal. It settles when one of them comes, also when the work ignores the signal it is given.
 * Nothing of it stays: no timer, no listener on the caller's signal.
 * @throws DeadlineError after `ms` milliseconds; the signal's reason when the caller gives up.
 */
export async function withDeadline<T>(ms: number, outer: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const giveUp = () => controller.abort(outer?.reason);
  const timer = setTimeout(() => controller.abort(new DeadlineError(`no answer within ${ms} ms`)), Math.min(ms, longestTimer));
  outer?.addEventListener("abort", giveUp, { once: true });
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error), { once: true });
  });
  try {
    return await Promise.race([work(controller.signal), stopped]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", giveUp);
  }
}

/** Waits. @throws the signal's reason as soon as it is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    }, ms);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}
