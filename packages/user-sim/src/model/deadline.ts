import { setMaxListeners } from "node:events";

/** Longest delay in milliseconds that a Node timer accepts. A longer one would fire immediately. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Abort reason of a deadline that has passed. */
export class DeadlineError extends Error {
  override readonly name = "DeadlineError";
}

/** Settings of {@link startDeadline}. */
export interface DeadlineOptions {
  /** Milliseconds until the deadline; null disables it. */
  timeoutMs: number | null;
  /** Signal of the caller. Aborting it aborts the deadline's signal too. */
  signal?: AbortSignal | undefined;
  /** Controller to abort. By default a new one. */
  controller?: AbortController | undefined;
  /** Creates the abort reason for a deadline that has passed. By default a `DeadlineError`. */
  createTimeoutError?: (() => Error) | undefined;
  /** Creates the abort reason from the caller's. By default the caller's reason itself. */
  createAbortError?: ((reason: unknown) => Error) | undefined;
}

/** An abort signal that is linked to a timer and to the signal of a caller. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Returns whether the time ran out before anything else aborted the signal. */
  isExpired(): boolean;
  /** Aborts the signal. */
  abort(reason: unknown): void;
  /** Removes the timer and the listener on the caller's signal. Must be called once the work has settled. */
  release(): void;
}

/**
 * Starts a deadline. Used in place of `AbortSignal.any` and `AbortSignal.timeout`, because on Node 20 `any` leaks every signal that it
 * combines with a long-lived one.
 */
export function startDeadline(options: DeadlineOptions): Deadline {
  const { timeoutMs, controller = new AbortController() } = options;
  const { createTimeoutError = () => new DeadlineError(`no answer within ${timeoutMs} ms`), createAbortError } = options;
  let expired = false;
  const expire = () => {
    expired = !controller.signal.aborted;
    controller.abort(createTimeoutError());
  };
  const timer = timeoutMs === null ? undefined : setTimeout(expire, Math.min(timeoutMs, LONGEST_TIMER));
  const unlink = onAbort(options.signal, (reason) => controller.abort(createAbortError ? createAbortError(reason) : reason));
  return {
    signal: controller.signal,
    isExpired: () => expired,
    abort: (reason) => controller.abort(reason),
    release() {
      clearTimeout(timer);
      unlink();
    },
  };
}

/**
 * Waits for some work, or for the deadline's signal if that comes first, and releases the deadline. Work that ignores its signal is left
 * behind.
 * @throws the reason of the abort
 */
export async function raceDeadline<T>(work: Promise<T>, { signal, release }: Deadline): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    onAbort(signal, reject);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    release();
  }
}

/**
 * Runs some work under a deadline. Resolves or rejects as soon as the work settles, the time is up, or the caller aborts.
 * @throws DeadlineError after `timeoutMs`; the reason of the caller's abort
 */
export async function withDeadline<T>(options: DeadlineOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  options.signal?.throwIfAborted();
  const deadline = startDeadline(options);
  try {
    return await raceDeadline(work(deadline.signal), deadline);
  } finally {
    deadline.release();
  }
}

/** Waits. @throws the signal's reason as soon as it is aborted */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      unlink();
      resolve();
    }, ms);
    const unlink = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    });
  });
}

/**
 * Calls `act` when the signal is aborted, immediately if that has happened already.
 * @returns a function that removes the listener
 */
export function onAbort(signal: AbortSignal | undefined, act: (reason: unknown) => void): () => void {
  const fire = () => act(signal?.reason);
  if (signal?.aborted) fire();
  else signal?.addEventListener("abort", fire, { once: true });
  return () => signal?.removeEventListener("abort", fire);
}

/** Lets any number of listeners share a signal. Node warns of a leak from the eleventh listener on. */
export function withUnlimitedListeners(signal: AbortSignal): AbortSignal {
  setMaxListeners(0, signal);
  return signal;
}
