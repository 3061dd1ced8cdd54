import { BlockList, isIP } from "node:net";
import { registerSecret } from "@tau2/domains/internal";
import { ModelError } from "../model-error.ts";

/** Proxy of an address, and the environment variable that names it. */
export interface Proxy {
  readonly url: URL;
  readonly variable: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Returns the proxy of an address, as curl and Python do: `http_proxy` or `https_proxy` by the address's scheme, unless `no_proxy` lists the host.
 * Lower-case names win over upper-case ones. Hosts of `no_proxy` include their subdomains; it may have ports, IP ranges and `*`.
 * @throws ModelError `configuration` for a proxy that is not an http or https address
 */
export function findProxy(address: string | URL, env: Env = process.env): Proxy | null {
  const { protocol, hostname, port } = new URL(address);
  const variable = findName(env, protocol === "https:" ? "https_proxy" : "http_proxy");
  const value = env[variable]?.trim() ?? "";
  if (value === "") return null;
  const host = hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const exceptions = (env[findName(env, "no_proxy")] ?? "").split(/[,\s]+/).filter((entry) => entry !== "");
  if (exceptions.some((entry) => matches(entry.toLowerCase(), host, port || (protocol === "https:" ? "443" : "80")))) return null;
  return { url: parseProxy(value, variable), variable };
}

/** Returns true if the environment names a proxy for any address. */
export function hasProxy(env: Env = process.env): boolean {
  return ["http_proxy", "https_proxy"].some((name) => (env[findName(env, name)] ?? "").trim() !== "");
}

/** Formats a proxy for error messages, without its user name and password. Empty without a proxy. */
export function describeProxy(proxy: Proxy | null): string {
  return proxy ? `the proxy ${proxy.url.protocol}//${proxy.url.host} (${proxy.variable})` : "";
}

function findName(env: Env, name: string): string {
  return env[name] !== undefined ? name : name.toUpperCase();
}

function matches(entry: string, host: string, port: string): boolean {
  const [, name = entry, entryPort] = /^(\[.*\]|[^:]+):(\d+)$/.exec(entry) ?? [];
  if (name === "*") return true;
  if (entryPort !== undefined && entryPort !== port) return false;
  if (name.includes("/")) return isInRange(name, host);
  const suffix = name.replace(/^\[|\]$/g, "").replace(/^\*?\./, "");
  return host === suffix || host.endsWith(`.${suffix}`);
}

function isInRange(range: string, host: string): boolean {
  const [network = "", prefix] = range.split("/", 2);
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || !/^\d+$/.test(prefix ?? "") || Number(prefix) > (version === 6 ? 128 : 32)) return false;
  const family = version === 6 ? "ipv6" : "ipv4";
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(host, family);
}

function parseProxy(value: string, variable: string): URL {
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new ModelError(
      "configuration",
      `the environment variable ${variable} is not the address of an http or https proxy; write it like http://127.0.0.1:3128, or list the host in NO_PROXY`,
    );
  }
  registerSecret(decodeURIComponent(url.password));
  return url;
}
