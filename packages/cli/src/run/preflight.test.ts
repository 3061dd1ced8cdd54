import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import { preflight } from "./preflight.ts";

test("the preflight goes through the proxy, and errors name it", async () => {
  const seen: string[] = [];
  const proxy = createServer(({ url = "" }, response) => {
    seen.push(url);
    response.writeHead(url.includes("locked") ? 407 : 200).end();
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  vi.stubEnv("HTTP_PROXY", address);
  const at = (baseUrl: string) => preflight([{ role: "agent", model: "m", baseUrl, apiKey: "", parameters: null }]);
  try {
    await at("http://model.invalid/v1");
    expect(seen).toEqual(["http://model.invalid/v1/models"]);
    await expect(at("http://locked.invalid/v1")).rejects.toThrow(`${address} (HTTP_PROXY)`);
    proxy.closeAllConnections();
    await once(proxy.close(), "close");
    await expect(at("http://model.invalid/v1")).rejects.toThrow(`through the proxy ${address} (HTTP_PROXY)`);
  } finally {
    proxy.close();
  }
});
