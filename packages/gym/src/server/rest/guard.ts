import { createHash, timingSafeEqual } from "node:crypto";
import { ServerError } from "../core/server-error.ts";

/** Rules for access. */
export interface GuardRules {
  /** Secret that requests carry as a bearer token; null disables it. */
  token: string | null;
  /** Names that the `Host` of a request may have, without port; null for any. */
  hosts: readonly string[] | null;
}

const howToAllow = "allow it when you start the server (allowedHosts; --allowed-hosts of tau2 serve)";

/** Origin and credentials of a request. */
export interface Credentials {
  host: string | undefined;
  origin: string | undefined;
  authorization: string | undefined;
}

/**
 * Rejects requests from other sites. A page of another site can make a browser send requests here: its `Origin` gives it away, and when it
 * has its own name point here (DNS rebinding), the `Host` does.
 * @throws ServerError `forbidden`
 */
export function requireOwnSite({ host, origin }: Credentials, { hosts }: GuardRules): void {
  const name = parseHostName(host);
  if (hosts && (name === null || !hosts.includes(name))) {
    throw new ServerError("forbidden", `the Host '${host ?? ""}' is not one of this server (${hosts.join(", ")}): ${howToAllow}`);
  }
  if (origin === undefined) return;
  const from = URL.canParse(origin) ? new URL(origin).host : null;
  if (from === null || (from !== host && !(hosts ?? []).includes(parseHostName(from) ?? ""))) {
    throw new ServerError("forbidden", `pages of ${origin} may not ask this server: ${howToAllow}`);
  }
}

/**
 * Checks the token as a bearer token or as the password of any user: some clients cannot send headers, only an address.
 * @throws ServerError `unauthorized` when a token is wanted and another one, or none, came
 */
export function requireToken({ authorization }: Credentials, { token }: GuardRules): void {
  if (token === null) return;
  const given = parseToken(authorization ?? "");
  if (given === null) throw createTokenError("this server wants its token: send the header authorization: Bearer TOKEN");
  if (!timingSafeEqual(hashToken(given), hashToken(token))) throw createTokenError("the token is not the one of this server");
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

/** Of the same length for all, so that comparing them tells nothing. */
function hashToken(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function parseHostName(host: string | undefined): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[^:]+)(:\d+)?$/i.exec(host ?? "");
  return match ? match[1]!.toLowerCase() : null;
}

const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/** Returns true if only programs of the same machine reach a server at that address. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Returns the hosts that requests may name: the machine's own and the allowed ones. Off the loopback, without allowed ones, any. */
export function getAllowedHosts(host: string, allowed: readonly string[]): string[] | null {
  if (!isLoopback(host) && allowed.length === 0) return null;
  const own = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  return [...new Set([...loopbackNames, own, ...allowed].map((name) => name.toLowerCase()))];
}
