import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { served, said } from "../../../test/served.ts";
import { openAiModel } from "../openai-model.ts";

const completion = JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello!" } }] });
const megabyte = Buffer.alloc(1_000_000, " ");

/** Starts a server whose answers the test writes. */
async function startServer(answer: (response: ServerResponse, n: number) => void) {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume();
    answer(response, count++);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: () => count,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await once(server.close(), "close");
    },
  };
}

/** Sends the same bytes until the client hangs up. */
function sendEndlessly(response: ServerResponse, bytes: Buffer, status = 200, encoding?: string): void {
  response.writeHead(status, encoding === undefined ? {} : { "content-encoding": encoding });
  const source = Readable.from(
    (function* () {
      for (;;) yield bytes;
    })(),
  );
  pipeline(source, response, () => {});
}

const endless: [name: string, bytes: Buffer, status?: number, encoding?: string][] = [
  ["text", megabyte],
  ["text with an error status", megabyte, 500],
  ["compressed text", gzipSync(megabyte), 200, "gzip"],
  ["compressed text that is empty", gzipSync(""), 200, "gzip"],
];

test.each(endless)("an answer without end (%s) is cut off at the limit and not retried", async (_, bytes, status, encoding) => {
  await using server = await startServer((response) => sendEndlessly(response, bytes, status, encoding));
  const model = openAiModel({ model: "m", baseUrl: server.baseUrl, maxResponseBytes: 2_000_000 });
  const asked = model.complete({ messages: [{ role: "user", content: "Hi" }] });
  await expect(asked).rejects.toMatchObject({ fault: "too_large", message: said(/127\.0\.0\.1.*2,000,000 bytes.*maxResponseBytes/s) });
  expect(server.requests()).toBe(1);
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
  ["br", brotliCompressSync],
] as const)("an answer with content-encoding %s is decompressed, and its limit is that of the text", async (encoding, compress) => {
  await using server = await startServer((response, n) => {
    response.writeHead(200, { "content-encoding": encoding }).end(compress(n === 0 ? completion : megabyte));
  });
  const model = openAiModel({ model: "m", baseUrl: server.baseUrl, maxResponseBytes: 900_000 });
  const request = { messages: [{ role: "user", content: "Hi" }] } as const;
  expect(await model.complete(request)).toMatchObject({ content: "Hello!" });
  await expect(model.complete(request)).rejects.toMatchObject({ fault: "too_large" });
});

test("an answer of exactly the limit is accepted", async () => {
  await using server = await startServer((response) => response.end(completion));
  const at = (maxResponseBytes: number) =>
    openAiModel({ model: "m", baseUrl: server.baseUrl, maxResponseBytes }).complete({ messages: [{ role: "user", content: "Hi" }] });
  expect(await at(completion.length)).toMatchObject({ content: "Hello!" });
  await expect(at(completion.length - 1)).rejects.toMatchObject({ fault: "too_large" });
});

test("a custom `fetch` has the same limit", async () => {
  const { fail } = await served([], {
    maxResponseBytes: 1_500_000,
    fetch: () => Promise.resolve(new Response(Buffer.concat([megabyte, megabyte]))),
  });
  expect((await fail()).fault).toBe("too_large");
});

test("a limit of 0 is refused", () => {
  expect(() => openAiModel({ model: "m", baseUrl: "http://127.0.0.1:1/v1", maxResponseBytes: 0 })).toThrow(/maxResponseBytes/);
});

test("fifty concurrent answers without end, half of them compressed, fit into a process with a heap of 256 MB", async () => {
  const bomb = gzipSync(megabyte);
  await using server = await startServer((response, n) =>
    n % 2 === 0 ? sendEndlessly(response, megabyte) : sendEndlessly(response, bomb, 200, "gzip"),
  );
  const tsx = pathToFileURL(createRequire(new URL("../../../../../package.json", import.meta.url)).resolve("tsx")).href;
  const program = fileURLToPath(new URL("../../../test/ask-at-once.ts", import.meta.url));
  const options = ["--max-old-space-size=256", "--conditions=@tau2/source", "--import", tsx];
  const child = spawn(process.execPath, [...options, program, server.baseUrl, "50"], { stdio: ["ignore", "pipe", "inherit"] });
  const { peakMegabytes, ...result } = JSON.parse(await text(child.stdout)) as Record<string, unknown>;
  expect(result).toEqual({ failures: ["too_large"], count: 50 });
  // Fifty limits alone are 1,600 MB.
  expect(peakMegabytes).toBeLessThan(900);
}, 180_000);
