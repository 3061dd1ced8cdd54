import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import { connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCertificate } from "../../../test/certificate.ts";
import { findProxy, hasProxy } from "./proxy.ts";

const completion = { choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Hello!" } }] };
const servers: Server[] = [];
let plain = "";
let secure = "";
let authority = "";

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const { cert, key } = createCertificate();
  authority = join(mkdtempSync(join(tmpdir(), "tau2-proxy-")), "authority.pem");
  writeFileSync(authority, cert);
  const answer: Parameters<typeof createServer>[1] = (incoming, response) => {
    incoming.resume();
    response.end(incoming.method === "GET" ? "models" : JSON.stringify(completion));
  };
  plain = `http://127.0.0.1:${await listen(createServer(answer))}/v1`;
  secure = `https://127.0.0.1:${await listen(createTlsServer({ cert, key }, answer))}/v1`;
});

afterAll(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts a forward proxy that records the lines of its requests. With a status it refuses all of them. */
async function startProxy(refusal?: number) {
  const seen: string[] = [];
  const server = createServer((incoming, response) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    if (refusal !== undefined) return void response.writeHead(refusal).end("no");
    const { method, headers, url = "" } = incoming;
    const onward = request(url, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  server.on("connect", (incoming, socket) => {
    seen.push(`CONNECT ${incoming.url}`);
    socket.on("error", () => {});
    if (refusal !== undefined) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const { hostname, port } = new URL(`http://${incoming.url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    });
    onward.on("error", () => socket.destroy());
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, seen };
}

/** Calls a model in a process with this environment. */
async function ask(baseUrl: string, env: Record<string, string>): Promise<{ reply: string; status: string }> {
  const tsx = pathToFileURL(createRequire(new URL("../../../../../package.json", import.meta.url)).resolve("tsx")).href;
  const program = fileURLToPath(new URL("../../../test/ask-through-proxy.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@tau2/source", "--import", tsx, program, baseUrl], {
    env: { PATH: process.env["PATH"], NODE_EXTRA_CA_CERTS: authority, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout)) as { reply: string; status: string };
}

const good = { reply: "Hello!", status: "200 models" };

describe("requests through a proxy", () => {
  test.each(["HTTP_PROXY", "http_proxy"])("plain HTTP is forwarded by the proxy in %s", async (name) => {
    const { url, seen } = await startProxy();
    expect(await ask(plain, { [name]: url })).toEqual(good);
    expect(seen).toEqual([`POST ${plain}/chat/completions`, `GET ${plain}/models`]);
  });

  test.each(["HTTPS_PROXY", "https_proxy"])("TLS goes through a tunnel of the proxy in %s", async (name) => {
    const { url, seen } = await startProxy();
    expect(await ask(secure, { [name]: url })).toEqual(good);
    expect(new Set(seen)).toEqual(new Set([`CONNECT ${new URL(secure).host}`]));
  });

  test("hosts in NO_PROXY, and addresses of the other scheme, are reached without it", async () => {
    const { url, seen } = await startProxy();
    expect(await ask(plain, { HTTP_PROXY: url, NO_PROXY: "example.com,127.0.0.1" })).toEqual(good);
    expect(await ask(secure, { HTTP_PROXY: url })).toEqual(good);
    expect(seen).toEqual([]);
  });

  test.each([403, 407])("an error names a proxy that refuses with status %s", async (status) => {
    const { url } = await startProxy(status);
    const env = { HTTP_PROXY: url.replace("//", "//ana:hidden-word@"), HTTPS_PROXY: url.replace("//", "//ana:hidden-word@") };
    for (const [baseUrl, name] of [
      [plain, "HTTP_PROXY"],
      [secure, "HTTPS_PROXY"],
    ] as const) {
      const { reply } = await ask(baseUrl, env);
      expect(reply).toMatch(new RegExp(`status ${status}.*${url} \\(${name}\\)`, "is"));
      expect(reply).not.toContain("hidden-word");
    }
  });

  test("an error names a proxy that cannot be reached", async () => {
    const { url } = await startProxy();
    const server = servers.pop()!;
    await once(server.close(), "close");
    expect((await ask(plain, { HTTP_PROXY: url })).reply).toContain(`through the proxy ${url} (HTTP_PROXY)`);
    expect((await ask(secure, { HTTPS_PROXY: url })).reply).toContain(`through the proxy ${url} (HTTPS_PROXY)`);
  });
});

describe("the proxy of an address", () => {
  const at = (address: string, env: Record<string, string>) => findProxy(address, env)?.url.href ?? null;

  test("it depends on the scheme, and the lower-case name wins, also if it is empty", () => {
    const env = { HTTP_PROXY: "http://a:1", HTTPS_PROXY: "b:2" };
    expect([at("http://x", env), at("https://x", env)]).toEqual(["http://a:1/", "http://b:2/"]);
    expect([at("http://x", { ...env, http_proxy: "http://c:3" }), at("http://x", { ...env, http_proxy: "" })]).toEqual([
      "http://c:3/",
      null,
    ]);
    expect([hasProxy({}), hasProxy({ HTTPS_PROXY: "b:2" })]).toEqual([false, true]);
  });

  test.each([
    ["*", "http://x.com", true],
    ["x.com", "http://x.com", true],
    ["x.com", "http://api.X.com", true],
    [".x.com", "http://api.x.com", true],
    ["*.x.com", "http://api.x.com", true],
    ["x.com", "http://ax.com", false],
    ["x.com:8000", "http://x.com:8000", true],
    ["x.com:8000", "http://x.com", false],
    ["x.com:80", "http://x.com", true],
    ["a b,127.0.0.1", "http://127.0.0.1:9", true],
    ["::1", "http://[::1]:9", true],
    ["[::1]:9", "http://[::1]:9", true],
    ["10.0.0.0/8", "http://10.1.2.3", true],
    ["10.0.0.0/8", "http://11.1.2.3", false],
    ["10.0.0.0/99", "http://10.1.2.3", false],
    ["fd00::/8", "http://[fd00::5]", true],
    ["", "http://x.com", false],
  ])("NO_PROXY '%s' excepts %s: %s", (NO_PROXY, address, isExcepted) => {
    expect(at(address, { HTTP_PROXY: "http://p:1", NO_PROXY })).toBe(isExcepted ? null : "http://p:1/");
  });

  test.each(["socks5://p:1", "http://", "http://p:port"])("'%s' is refused, naming the variable", (HTTP_PROXY) => {
    expect(() => findProxy("http://x", { HTTP_PROXY })).toThrow(/HTTP_PROXY/);
  });
});
