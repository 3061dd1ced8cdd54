import { getErrorMessage } from "@tau2/domains/internal";
import type { HonoRequest, Context } from "hono";
import { isServerError, ServerError } from "../core/server-error.ts";
import type { z } from "zod";
import type { HttpBindings } from "@hono/node-server";

/** A request's body as text, as far as it is not larger than that. @throws ServerError `too_large` */
export async function readBody(req: HonoRequest, maxBytes: number): Promise<string> {
  const length = req.header("content-length");
  if (length !== undefined && req.header("transfer-encoding") === undefined) {
    if (Number(length) > maxBytes) throw createSizeError(maxBytes);
    return readToEnd(() => req.raw.text());
  }
  return readToEnd(() => readChunks(req, maxBytes));
}

async function readChunks(req: HonoRequest, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (req.raw.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) throw createSizeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Treats a client that disconnects in the middle of its body as its own fault. */
async function readToEnd(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (cause) {
    if (isServerError(cause)) throw cause;
    throw new ServerError("cancelled", `the body ended before its end: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

function createSizeError(maxBytes: number): ServerError {
  return new ServerError("too_large", `the body is larger than ${maxBytes} bytes, which is as large as this server takes`);
}

/** The first places of a value that are wrong, and what is wrong there. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.flatMap(flattenIssue);
  const more = lines.length - 3;
  return `${lines.slice(0, 3).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** Returns the faults of the most likely form, if several are allowed: the one with the fewest or the deepest faults. */
function flattenIssue(issue: z.core.$ZodIssue, _?: number, __?: unknown, path: readonly PropertyKey[] = issue.path): string[] {
  // What a schema says in its own words is said for people.
  const unnamed = issue.message === "Invalid input";
  if (issue.code !== "invalid_union" || issue.errors.length === 0 || !unnamed) {
    return [`${path.map(String).join(".") || "(the whole)"}: ${issue.message}`];
  }
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((inner) => inner.path.length));
  const [best] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return (best ?? []).flatMap((inner) => flattenIssue(inner, 0, null, [...path, ...inner.path]));
}

/** Node's objects of a request; undefined on another platform. */
export interface Bindings {
  Bindings: Partial<HttpBindings>;
}

/** Makes signals that are aborted when who asks goes away before there is an answer, each also when a time of its own is over. */
export function createClientSignals({ env: { outgoing }, req }: Context<Bindings>): (deadlineMs?: number) => AbortSignal {
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
export function createClientSignal(context: Context<Bindings>, deadlineMs?: number): AbortSignal {
  return createClientSignals(context)(deadlineMs);
}

/** Deeper than any message needs, and shallow enough for everything that goes down into it. */
const MAX_DEPTH = 200;

/** Reads JSON from outside. @throws ServerError `invalid_json` */
export function parseJson(text: string): unknown {
  checkDepth(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ServerError("invalid_json", `not JSON: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

/** Limits the depth: endless nesting would overflow the stack of later code. @throws ServerError `invalid_json` */
export function checkDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x5c: // backslash
        if (quoted) i++;
        break;
      case 0x22: // quote
        quoted = !quoted;
        break;
      case 0x5b: // [
      case 0x7b: // {
        if (!quoted && ++depth > MAX_DEPTH) throw new ServerError("invalid_json", `nested more than ${MAX_DEPTH} deep`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!quoted) depth--;
        break;
    }
  }
}
