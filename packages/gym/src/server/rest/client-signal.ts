import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { ServerError } from "../core/server-error.ts";

/** What Node knows of a request; nothing where another platform serves. */
export interface Bindings {
  Bindings: Partial<HttpBindings>;
}

/** Aborted when who asks goes away before there is an answer, or when the time that it gave is over. */
export function clientSignal({ env, req }: Context<Bindings>, deadlineMs?: number): AbortSignal {
  const controller = new AbortController();
  const { outgoing } = env;
  const gone = () => {
    if (!outgoing?.writableFinished) controller.abort(new ServerError("cancelled", "who asked is gone"));
  };
  if (outgoing) outgoing.once("close", gone);
  else req.raw.signal.addEventListener("abort", gone, { once: true });
  if (deadlineMs !== undefined) {
    const late = () => controller.abort(new ServerError("deadline", `not done within ${deadlineMs} ms; the episode stands where it stood`));
    const timer = setTimeout(late, deadlineMs);
    outgoing?.once("close", () => clearTimeout(timer));
  }
  return controller.signal;
}
