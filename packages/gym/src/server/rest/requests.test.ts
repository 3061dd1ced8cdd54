import { request, type IncomingMessage } from "node:http";
import { describe, expect, test } from "vitest";
import { choresDomain, testServer } from "../../../test/server.ts";
import { startServer } from "../start-server.ts";

/** A request with headers that a browser would not let a page set. */
async function raw(url: string, headers: Record<string, string>): Promise<number> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, { headers }, resolve).on("error", reject).end();
  });
  answer.resume();
  return answer.statusCode!;
}

describe("access", () => {
  test("a token is required, except for probes and documentation", async () => {
    await using t = await testServer({ token: "secret-1" });
    expect(await t.get("/v1/domains")).toMatchObject({ status: 401, body: { error: { code: "unauthorized" } } });
    expect((await t.get("/v1/domains")).headers.get("www-authenticate")).toContain("Bearer");
    for (const authorization of ["Bearer secret-2", "Basic secret-1", `Basic ${btoa("secret-1:secret-2")}`, "Bearer ", "secret-1"]) {
      expect((await t.call("GET", "/v1/sessions", undefined, { authorization })).status).toBe(401);
    }
    for (const authorization of ["Bearer secret-1", `Basic ${btoa("anybody:secret-1")}`]) {
      expect((await t.call("GET", "/v1/sessions", undefined, { authorization })).status).toBe(200);
    }
    for (const path of ["/health", "/healthz", "/readyz", "/openapi.json", "/docs"]) expect((await t.get(path)).status).toBe(200);
    expect((await t.get("/metrics")).status).toBe(401);
  });

  test("a server that other machines can reach requires a token", async () => {
    await expect(startServer({ domains: [choresDomain], host: "0.0.0.0" })).rejects.toThrow("give the server a token");
    await expect(startServer({ domains: [choresDomain], host: "0.0.0.0", token: " " })).rejects.toThrow("give the server a token");
    await using server = await startServer({ domains: [choresDomain], host: "0.0.0.0", token: "t" });
    const url = `http://127.0.0.1:${server.port}/v1/domains`;
    expect(await raw(url, { host: "some.cluster.name", authorization: "Bearer t" })).toBe(200);
    expect(await raw(url, { host: "some.cluster.name" })).toBe(401);
  });

  test("on the loopback only the host names of the machine are allowed, against DNS rebinding", async () => {
    await using t = await testServer({ allowedHosts: ["trainer.internal"] });
    const at = (host: string) => raw(`${t.server.url}/health`, { host });
    expect(await at("evil.example")).toBe(403);
    expect(await at(`evil.example:${t.server.port}`)).toBe(403);
    expect(await at("127.0.0.1.evil.example")).toBe(403);
    expect(await at(`LOCALHOST:${t.server.port}`)).toBe(200);
    expect(await at("[::1]:1")).toBe(200);
    expect(await at("trainer.internal:8000")).toBe(200);
  });

  test("with allowedHosts, only those and the host names of the machine are allowed", async () => {
    await using server = await startServer({ domains: [choresDomain], host: "0.0.0.0", token: "t", allowedHosts: ["Trainer.internal"] });
    const at = (host: string) => raw(`http://127.0.0.1:${server.port}/health`, { host });
    expect(await at(`localhost:${server.port}`)).toBe(200);
    expect(await at("trainer.internal")).toBe(200);
    expect(await at("evil.example")).toBe(403);
  });

  test("pages of other sites are refused", async () => {
    await using t = await testServer({ allowedHosts: ["trainer.internal"] });
    const from = (origin: string) => raw(`${t.server.url}/health`, { host: `localhost:${t.server.port}`, origin });
    expect(await from("https://evil.example")).toBe(403);
    expect(await from("null")).toBe(403);
    expect(await from(`http://localhost:${t.server.port}`)).toBe(200);
    expect(await from("https://trainer.internal")).toBe(200);
  });
});
