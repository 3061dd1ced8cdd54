import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { download } from "./download.ts";

test("a server that falls silent is not waited for, before its answer or in the middle of it", async () => {
  const server = createServer((request, response) => {
    if (request.url === "/begun") response.writeHead(200).write("the beginning");
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "tau2-download-"));
  try {
    for (const path of ["/", "/begun"]) {
      const downloading = download(url + path, join(folder, "file"), { idleMs: 100 });
      await expect(downloading).rejects.toMatchObject({
        code: "download",
        message: `${url}${path} cannot be downloaded: not a byte came for 0.1 s`,
      });
    }
  } finally {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test("a download goes through the proxy, and an error names it", async () => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(request.url ?? "");
    response.writeHead(request.url?.endsWith("/refused") ? 403 : 200).end("archive");
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "tau2-download-"));
  vi.stubEnv("HTTP_PROXY", address);
  try {
    await download("http://data.invalid/archive.zip", join(folder, "file"));
    expect(readFileSync(join(folder, "file"), "utf8")).toBe("archive");
    const refused = download("http://data.invalid/refused", join(folder, "other"));
    await expect(refused).rejects.toMatchObject({
      code: "download",
      message: expect.stringContaining(`${address} (HTTP_PROXY)`) as string,
    });
    expect(seen).toEqual(["http://data.invalid/archive.zip", "http://data.invalid/refused"]);
  } finally {
    proxy.closeAllConnections();
    proxy.close();
    rmSync(folder, { recursive: true });
  }
});
