import { messageOf, type Message } from "@tau2/domains";
import { ModelError } from "@tau2/user-sim";

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

function raced<M>(
  reply: Promise<M>,
  limits: { own: AbortController; signal: AbortSignal | undefined; timeoutMs: number | null; who: string },
): Promise<M> {
  const { own, signal, timeoutMs, who } = limits;
  return new Promise<M>((resolve, reject) => {
    const giveUp = (error: ModelError) => {
      own.abort(error);
      settle(() => reject(error));
    };
    const cancelled = () =>
      giveUp(new ModelError("cancelled", `the ${who}'s turn was cancelled: ${messageOf(signal?.reason)}`, { cause: signal?.reason }));
    const timer =
      timeoutMs === null
        ? undefined
        : setTimeout(
            () => giveUp(new ModelError("timeout", `the ${who} gave no message within ${timeoutMs} ms`)),
            Math.min(timeoutMs, LONGEST_TIMER),
          );
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", cancelled);
      end();
    };
    if (signal?.aborted) cancelled();
    else signal?.addEventListener("abort", cancelled, { once: true });
    reply.then(
      (message) => settle(() => resolve(message)),
      (error: unknown) => settle(() => reject(error)),
    );
  });
}
