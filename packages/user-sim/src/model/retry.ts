import { pause } from "./deadline.ts";
import type { Failure } from "./fault.ts";
import { ModelError } from "./model-error.ts";

/** How often and how long {@link withRetries} tries again. */
export interface RetryPolicy {
  /** Attempts after the first one. */
  maxRetries: number;
  /** An endpoint that asks to wait longer than this many milliseconds is not waited for. */
  longestWaitMs?: number;
}

/**
 * Repeats a request while its faults are transient. It waits as long as the endpoint asks (Retry-After), otherwise half a second, doubled
 * each time up to 8 seconds, a little less at random so that many callers do not come back at once. A caller who gives up is not kept waiting.
 *
 * Done here and not by the client: its waits cannot be cancelled and have no limit, it repeats requests that ran into their deadline,
 * and it does not repeat one whose answer broke off in the middle.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  classifyFailure: (thrown: unknown) => Failure,
  { maxRetries, longestWaitMs = 120_000 }: RetryPolicy,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt();
    } catch (thrown) {
      const { error, mayRetry, retryAfterMs } = classifyFailure(thrown);
      if (!mayRetry) throw error;
      if (retries >= maxRetries) throw retries === 0 ? error : withNote(error, `Tried ${retries + 1} times.`);
      const wait = retryAfterMs ?? Math.min(500 * 2 ** retries, 8_000) * (1 - Math.random() * 0.25);
      if (wait > longestWaitMs) throw withNote(error, `It asks to wait ${Math.round(wait / 1000)} seconds, which is too long to do here.`);
      await pause(wait, signal);
    }
  }
}

function withNote({ fault, message, status, cause }: ModelError, note: string): ModelError {
  return new ModelError(fault, `${message} ${note}`, { status, cause });
}
