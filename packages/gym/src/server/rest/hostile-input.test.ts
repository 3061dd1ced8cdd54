import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { testServer } from "../../../test/server.ts";

describe("hostile input does not cause a fault of the server", () => {
  const path = "/v1/sessions";
  test.each([
    ["nothing", "", 400],
    ["no JSON", "{", 400],
    ["text", '"x"', 422],
    ["null", "null", 422],
    ["a list", "[]", 422],
    ["a number as a name", '{"domain": 7}', 422],
    ["an odd key", '{"__proto__": {"x": 1}, "domain": "chores"}', 422],
    ["depth without end", `{"metadata": ${'{"a":'.repeat(5000)}1${"}".repeat(5000)}}`, 400],
    ["lists without end", "[".repeat(100_000), 400],
    ["a lone surrogate", '{"domain": "\\ud800"}', 404],
    ["a zero byte", '{"task_id": "\\u0000"}', 404],
    ["a huge number", '{"seed": 1e400}', 422],
    ["not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
  ])("%s", async (_, body, status) => {
    await using t = await testServer();
    const answer = await fetch(t.server.url + path, { method: "POST", headers: { "content-type": "application/json" }, body });
    expect([answer.status, await answer.json()]).toEqual([status, { error: { code: expect.any(String), message: expect.any(String) } }]);
  });

  test("wrong content types, methods and paths are refused", async () => {
    await using t = await testServer();
    const form = await fetch(t.server.url + path, { method: "POST", body: new URLSearchParams({ domain: "chores" }) });
    expect([form.status, await form.json()]).toMatchObject([
      415,
      { error: { message: expect.stringContaining("content-type: application/json") } },
    ]);
    for (const [method, to, allow] of [
      ["PATCH", path, "POST, GET, HEAD"],
      ["OPTIONS", `${path}/any/step`, "POST"],
      ["OPTIONS", `${path}/import`, "POST"],
      ["POST", "/health", "GET, HEAD"],
    ] as const) {
      const refused = await t.call(method, to, {});
      expect([refused.status, refused.body.error.code, refused.headers.get("allow")]).toEqual([405, "method_not_allowed", allow]);
    }
    expect((await t.get("/v1/tasks?limit=-1")).status).toBe(422);
    expect((await t.get("/v1/sessions/%ff%00/state")).status).toBe(404);
    expect(await t.get("/nope")).toMatchObject({
      status: 404,
      body: { error: { code: "not_found", message: expect.stringContaining("GET /nope") } },
    });
  });

  test("an incomplete request does not block the server", async () => {
    await using t = await testServer();
    const socket = connect(t.server.port, t.server.host);
    socket.on("error", () => {});
    socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"dom`);
    await t.get("/health");
    socket.destroy();
    await t.get("/health");
    const garbage = connect(t.server.port, t.server.host);
    const answer = new Promise<string>((resolve) => {
      garbage.once("data", (data) => resolve(data.toString()));
    });
    garbage.write("\u0000\u0001 HTTP/9\r\n\r\n");
    expect(await answer).toContain("400 Bad Request");
  });
});
