import { getErrorMessage, type Message } from "@tau2/domains";
import { ModelError } from "@tau2/user-sim";

/**
 * Acts when a signal fires, at once where it has fired already.
 * @returns what lets go of the signal
 */
export function onAbort(signal: AbortSignal | undefined, act: (reason: unknown) => void): () => void {
  const fire = () => act(signal?.reason);
  if (signal?.aborted) fire();
  else signal?.addEventListener("abort", fire, { once: true });
  return () => signal?.removeEventListener("abort", fire);
}

interface Turn {
  messages: readonly Message[];
  signal?: AbortSignal;
}

/** The longest that a timer of Node can wait. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Puts a limit on how long a participant may think. Its signal fires when the limit is reached or the caller gives up, and nobody waits for
 * one that ignores it.
 * @throws ModelError `timeout` or `cancelled` from the function returned
 */
export function withTurnDeadline<M>(
  respond: (turn: Turn) => M | Promise<M>,
  timeoutMs: number | null,
  who: string,
): (turn: Turn) => M | Promise<M> {
  return ({ messages, signal }) => {
    const own = new AbortController();
    const reply = respond({ messages, signal: own.signal });
    return reply instanceof Promise ? raced(reply, { own, signal, timeoutMs, who }) : reply;
  };
}

interface Limits {
  own: AbortController;
  signal: AbortSignal | undefined;
  timeoutMs: number | null;
  who: string;
}

async function raced<M>(reply: Promise<M>, { own, signal, timeoutMs, who }: Limits): Promise<M> {
  const late = () =>
    own.abort(new ModelError("timeout", `the ${who} gave no message within ${timeoutMs! / 1000} seconds, the limit of a turn`));
  const cancelled = (cause: unknown) =>
    own.abort(new ModelError("cancelled", `the ${who}'s turn was cancelled: ${getErrorMessage(cause)}`, { cause }));
  const stopped = new Promise<never>((_, reject) => {
    own.signal.addEventListener("abort", () => reject(own.signal.reason as Error), { once: true });
  });
  const timer = timeoutMs === null ? undefined : setTimeout(late, Math.min(timeoutMs, LONGEST_TIMER));
  const letGo = onAbort(signal, cancelled);
  try {
    return await Promise.race([reply, stopped]);
  } finally {
    clearTimeout(timer);
    letGo();
  }
}

/** The time that a conversation may take, and the caller's wish to end it, as one signal. */
export interface EpisodeDeadline {
  readonly signal: AbortSignal;
  /** Whether it was the time that ran out, rather than the caller who gave up. */
  isOver(): boolean;
  /** Lets go of the timer and of the caller's signal. */
  clear(): void;
}

/** Starts the clock of a conversation. Null: only the caller ends it. */
export function episodeDeadline(seconds: number | null, signal: AbortSignal | undefined): EpisodeDeadline {
  const own = new AbortController();
  let over = false;
  const expire = () => {
    over = !own.signal.aborted;
    own.abort(new Error(`the conversation's ${seconds} seconds are over`));
  };
  const timer = seconds === null ? undefined : setTimeout(expire, Math.min(seconds * 1000, LONGEST_TIMER));
  const letGo = onAbort(signal, (reason) => own.abort(reason));
  return {
    signal: own.signal,
    isOver: () => over,
    clear() {
      clearTimeout(timer);
      letGo();
    },
  };
}
