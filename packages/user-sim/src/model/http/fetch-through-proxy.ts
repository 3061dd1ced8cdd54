import { hasProxy } from "./proxy.ts";

/**
 * Fetches like the global `fetch`, through the proxies in the environment. Node 20 and 22 do not do that by themselves. Without a proxy
 * the library is not loaded.
 */
export async function fetchThroughProxy(url: string, init: { headers?: Record<string, string>; signal: AbortSignal }): Promise<Response> {
  // Bun's and Deno's own `fetch` use these proxies.
  if (!hasProxy() || process.versions["bun"] || process.versions["deno"]) return fetch(url, init);
  const [undici, { createDispatcher }] = await Promise.all([import("undici"), import("./dispatcher.ts")]);
  return undici.fetch(url, { ...init, dispatcher: createDispatcher() });
}
