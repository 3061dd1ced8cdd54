import { getErrorMessage, type Message } from "@tau2/domains";
import { ModelError } from "@tau2/user-sim";
import { onAbort } from "./on-abort.ts";

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
