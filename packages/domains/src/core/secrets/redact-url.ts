import { REDACTED } from "./known-secrets.ts";

/**
 * Returns a URL without its user and without the values of its query, for files and messages. Any other text comes back
 * unchanged.
 */
export function redactUrl(text: string): string {
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text) || /\s/.test(text)) return text;
  const [, scheme = "", authority = "", path = "", query] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (host === authority && query === undefined) return text;
  return `${scheme}${host}${path}${query === undefined ? "" : `?${redactQuery(query)}`}`;
}

function redactQuery(query: string): string {
  return query
    .split("&")
    .map((pair) => (pair.includes("=") ? `${pair.slice(0, pair.indexOf("="))}=${REDACTED}` : pair === "" ? "" : REDACTED))
    .join("&");
}
