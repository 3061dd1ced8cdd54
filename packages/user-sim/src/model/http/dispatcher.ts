import { Agent, Pool, ProxyAgent, type Dispatcher } from "undici";
import { findProxy, hasProxy } from "./proxy.ts";

/** Creates a dispatcher without time limits. Each origin is reached through its proxy in the environment, also after a redirect. */
export function createDispatcher(): Agent {
  // Requests have their own deadline; the default of undici would end every answer after five minutes.
  const limits = { headersTimeout: 0, bodyTimeout: 0 };
  if (!hasProxy()) return new Agent(limits);
  return new Agent({
    ...limits,
    factory(origin, options): Dispatcher {
      const proxy = findProxy(origin);
      // Proxies forward plain HTTP, and often refuse a tunnel to other ports than 443.
      return proxy ? new ProxyAgent({ ...limits, uri: proxy.url.href, proxyTunnel: false }) : new Pool(origin, options);
    },
  });
}
