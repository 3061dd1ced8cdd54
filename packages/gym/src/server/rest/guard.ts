import { createHash, timingSafeEqual } from "node:crypto";
import { ServerError } from "../core/server-error.ts";

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
