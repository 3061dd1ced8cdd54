import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { ServerError } from "../core/server-error.ts";

/** What Node knows of a request; nothing where another platform serves. */
export interface Bindings {
  Bindings: Partial<HttpBindings>;
}

/** Makes signals that are aborted when who asks goes away before there is an answer, each also when a time of its own is over. */
export function clientSignals({ env: { outgoing }, req }: Context<Bindings>): (deadlineMs?: number) => AbortSignal {
  const waiting = new Set<{ controller: AbortController; timer: NodeJS.Timeout | undefined }>();
  const ended = () => {
    const answered = outgoing?.writableFinished ?? false;
    for (const { controller, timer } of waiting) {
      clearTimeout(timer);
      if (!answered) controller.abort(new ServerError("cancelled", "who asked is gone"));
    }
  };
  if (outgoing) outgoing.once("close", ended);
  else req.raw.signal.addEventListener("abort", ended, { once: true });
  return (deadlineMs) => {
    const controller = new AbortController();
    const late = () => controller.abort(new ServerError("deadline", `not done within ${deadlineMs} ms; the episode stands where it stood`));
    waiting.add({ controller, timer: deadlineMs === undefined ? undefined : setTimeout(late, deadlineMs) });
    return controller.signal;
  };
}

/** The signal of a request that waits for one thing. */
export function clientSignal(context: Context<Bindings>, deadlineMs?: number): AbortSignal {
  return clientSignals(context)(deadlineMs);
}
