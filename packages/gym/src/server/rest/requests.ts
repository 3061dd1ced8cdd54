import { startDeadline, withUnlimitedListeners, type Deadline } from "@tau2/user-sim/internal";
import { getErrorMessage, parseJson as parseJsonText } from "@tau2/domains/internal";
import type { HonoRequest, Context, MiddlewareHandler } from "hono";
import { isServerError, ServerError } from "../core/server-error.ts";
import type { z } from "zod";
import type { HttpBindings } from "@hono/node-server";
import { createHash, timingSafeEqual } from "node:crypto";

/** Reads the body of a request as text. @throws ServerError `too_large`, `cancelled` */
async function readBody(req: HonoRequest, maxBytes: number): Promise<string> {
  const length = req.header("content-length");
  if (length !== undefined && req.header("transfer-encoding") === undefined) {
    if (Number(length) > maxBytes) throw createSizeError(maxBytes);
    return readToEnd(() => req.raw.text());
  }
  return readToEnd(() => readChunks(req, maxBytes));
}

/** Rejects bodies that are too large or too deep. */
export function limitBody(maxSize: number): MiddlewareHandler<Bindings> {
  return async ({ req }, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") {
      const text = await readBody(req, maxSize);
      checkDepth(text);
      // The framework reads the body from here.
      req.bodyCache.text = Promise.resolve(text) as never;
      req.json = () => Promise.resolve(text).then(parseJsonText) as never;
    }
    await next();
  };
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

/** Reads a body. A client that disconnects in the middle of it is not a fault of the server. */
async function readToEnd(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (cause) {
    if (isServerError(cause)) throw cause;
    throw new ServerError("cancelled", `the body is incomplete: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

function createSizeError(maxBytes: number): ServerError {
  return new ServerError("too_large", `the body is larger than ${maxBytes} bytes, the limit of this server`);
}

/** Describes the first three issues of a value, each with its path. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): string {
  const lines = issues.flatMap(flattenIssue);
  const more = lines.length - 3;
  return `${lines.slice(0, 3).join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}

/** Describes an issue. Of a union, describes the branch that probably was meant: the one with the deepest or the fewest issues. */
function flattenIssue(issue: z.core.$ZodIssue, _?: number, __?: unknown, path: readonly PropertyKey[] = issue.path): string[] {
  // A union with a message of its own describes all its forms.
  const unnamed = issue.message === "Invalid input";
  if (issue.code !== "invalid_union" || issue.errors.length === 0 || !unnamed) {
    return [`${path.map(String).join(".") || "(root)"}: ${issue.message}`];
  }
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((inner) => inner.path.length));
  const [best] = issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length);
  return (best ?? []).flatMap((inner) => flattenIssue(inner, 0, null, [...path, ...inner.path]));
}

/** Node's request and response; undefined on other platforms. */
export interface Bindings {
  Bindings: Partial<HttpBindings>;
}

/**
 * Returns a function that creates abort signals for the parts of a request. They are aborted when the client disconnects before the response,
 * or when their deadline passes.
 */
export function createClientSignals({ env: { outgoing }, req }: Context<Bindings>): (deadlineMs?: number) => AbortSignal {
  const client = new AbortController();
  withUnlimitedListeners(client.signal);
  const deadlines = new Set<Deadline>();
  const end = () => {
    if (!outgoing?.writableFinished) client.abort(new ServerError("cancelled", "the client disconnected"));
    for (const { release } of deadlines) release();
  };
  if (outgoing) outgoing.once("close", end);
  else req.raw.signal.addEventListener("abort", end, { once: true });
  return (deadlineMs) => {
    const deadline = startDeadline({
      timeoutMs: deadlineMs ?? null,
      signal: client.signal,
      createTimeoutError: () => new ServerError("deadline", `not done within ${deadlineMs} ms; the episode did not change`),
    });
    deadlines.add(deadline);
    return deadline.signal;
  };
}

/** Returns the abort signal of a request that does one thing, see {@link createClientSignals}. */
export function createClientSignal(context: Context<Bindings>, deadlineMs?: number): AbortSignal {
  return createClientSignals(context)(deadlineMs);
}

/** Deeper than messages need, and shallow enough for recursive code. */
const MAX_DEPTH = 200;

/** Parses JSON from a client. @throws ServerError `invalid_json` */
export function parseJson(text: string): unknown {
  checkDepth(text);
  try {
    return parseJsonText(text);
  } catch (cause) {
    throw new ServerError("invalid_json", `not JSON: ${getErrorMessage(cause)}`, {}, { cause });
  }
}

/** Checks the depth of JSON, because unlimited nesting would overflow the stack of later code. @throws ServerError `invalid_json` */
function checkDepth(text: string): void {
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
        if (!quoted && ++depth > MAX_DEPTH) throw new ServerError("invalid_json", `nested more than ${MAX_DEPTH} levels deep`);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        if (!quoted) depth--;
        break;
    }
  }
}

/** Rules for the access to a server. */
export interface GuardRules {
  /** Secret that requests carry as a bearer token; null disables it. */
  token: string | null;
  /** Allowed values of a request's `Host`, without port; null allows all. */
  hosts: readonly string[] | null;
}

const hint = "allow it when you start the server (allowedHosts; --allowed-hosts of tau2 serve)";

/** Origin and credentials of a request. */
export interface Credentials {
  host: string | undefined;
  origin: string | undefined;
  authorization: string | undefined;
}

/** Returns the origin and the credentials of a request. */
export function getCredentials({ req }: Context): Credentials {
  return { host: req.header("host"), origin: req.header("origin"), authorization: req.header("authorization") };
}

/**
 * Rejects requests from pages of other sites. A browser sends the `Origin` of the page. If the site resolves its own name to this server (DNS
 * rebinding), the `Host` is wrong.
 * @throws ServerError `forbidden`
 */
export function requireOwnSite({ host, origin }: Credentials, { hosts }: GuardRules): void {
  const name = parseHostName(host);
  if (hosts && (name === null || !hosts.includes(name))) {
    throw new ServerError("forbidden", `the Host '${host ?? ""}' is not one of this server (${hosts.join(", ")}): ${hint}`);
  }
  if (origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin).host : null;
  if (from === null || (from !== host && !(hosts ?? []).includes(parseHostName(from) ?? ""))) {
    throw new ServerError("forbidden", `pages of ${origin} may not send requests to this server: ${hint}`);
  }
}

/**
 * Checks the token: a bearer token, or the password of any user, for clients that can only configure an address.
 * @throws ServerError `unauthorized`
 */
export function requireToken({ authorization }: Credentials, { token }: GuardRules): void {
  if (token === null) return;
  const given = parseToken(authorization ?? "");
  if (given === null) throw createTokenError("the token is missing: send the header authorization: Bearer TOKEN");
  if (!timingSafeEqual(hashToken(given), hashToken(token))) throw createTokenError("the token is wrong");
}

function parseToken(authorization: string): string | null {
  const [, scheme, value] = /^(Bearer|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (value === undefined) return null;
  if (scheme!.toLowerCase() === "bearer") return value;
  const decoded = Buffer.from(value, "base64").toString("utf8");
  return decoded.slice(decoded.indexOf(":") + 1);
}

function createTokenError(message: string): ServerError {
  return new ServerError("unauthorized", message);
}

/** Hashes a token: `timingSafeEqual` requires equal lengths. */
function hashToken(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function parseHostName(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+)(:\d+)?$/i.exec(host ?? "");
  return match ? match[1]!.toLowerCase() : null;
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Returns whether only programs of the same machine can reach a server at that address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Returns the hosts that requests may name: those of the machine and the allowed ones; null if all are allowed. */
export function getAllowedHosts(host: string, allowed: readonly string[]): string[] | null {
  if (!isLoopback(host) && allowed.length === 0) return null;
  const own = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return [...new Set([...loopbackNames, own, ...allowed].map((name) => name.toLowerCase()))];
}
