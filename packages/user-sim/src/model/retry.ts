import type { Failure } from "./classify-failure.ts";
import { pause } from "./deadline.ts";
import { ModelError } from "./model-error.ts";

/** Limits of {@link retryTransientFailures}. */
export interface RetryPolicy {
  /** Attempts after the first one. */
  maxRetries: number;
  /** Longest wait in milliseconds that an endpoint may ask for. Default 120,000. */
  longestWaitMs?: number | undefined;
}

/**
 * Repeats a request while its failures are transient. Waits as long as the endpoint asks (Retry-After), otherwise half a second, doubled
 * each time up to 8 seconds, minus up to a quarter at random so that many callers do not retry together.
 *
 * The client's own retries are not used: their waits are unlimited and cannot be cancelled, they repeat requests that ran into their
 * deadline, and they do not repeat one whose answer broke off.
 * @throws ModelError of the last attempt; the signal's reason if the caller aborts during a wait
 */
export async function retryTransientFailures<T>(
  attempt: () => Promise<T>,
  classify: (thrown: unknown) => Failure,
  { maxRetries, longestWaitMs = 120_000 }: RetryPolicy,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (thrown) {
      const { error, mayRetry, retryAfterMs } = classify(thrown);
      if (!mayRetry) throw error;
      if (retries >= maxRetries) throw retries === 0 ? error : addNote(error, `Tried ${retries + 1} times.`);
      const wait = retryAfterMs ?? Math.min(500 * 2 ** retries, 8_000) * (1 - Math.random() * 0.25);
      if (wait > longestWaitMs) throw addNote(error, `It asks to wait ${Math.round(wait / 1000)} seconds, which is too long.`);
      await pause(wait, signal);
    }
  }
}

function addNote({ fault, message, status, cause }: ModelError, note: string): ModelError {
  return new ModelError(fault, `${message} ${note}`, { status, cause });
}
