import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
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
