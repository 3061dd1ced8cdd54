import { onAbort } from "./on-abort.ts";
import { LONGEST_TIMER } from "./turn-deadline.ts";

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
