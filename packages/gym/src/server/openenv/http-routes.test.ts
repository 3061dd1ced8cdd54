import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("OpenEnv over HTTP", () => {
  test("a session id in a header or a cookie links requests to one episode", async () => {
    await using t = await testServer();
    const first = await t.post("/reset", { task_id: "milk", index: null, user: "chatty", seed: 1, episode_id: "e-1" });
    expect(first).toMatchObject({ status: 200, body: { reward: 0, done: false, observation: { text: "user: Milk, please." } } });
    const id = first.headers.get("x-session-id")!;
    const step = await t.call("POST", "/step", { action: { text: buyMilk }, request_id: "s1", timeout_s: 30 }, { "x-session-id": id });
    expect(step.body).toMatchObject({ reward: 0, done: false, observation: { step_count: 1 } });
    const cookie = first.headers.get("set-cookie")!.split(";", 1)[0]!;
    expect((await t.call("GET", "/state", undefined, { cookie })).body).toMatchObject({
      episode_id: "e-1",
      step_count: 1,
      expires_in_s: expect.any(Number),
    });
    expect((await t.call("POST", "/step", { action: { text: "done()" } }, { cookie })).body).toMatchObject({ reward: 1, done: true });
    await t.call("POST", "/reset", { task_id: "note" }, { cookie });
    expect(t.server.sessions.pool.active).toBe(1);
    expect((await t.call("GET", "/state", undefined, { cookie })).status).toBe(410);
  });

  test("without a session a step is refused and the state is empty", async () => {
    await using t = await testServer();
    expect(await t.post("/step", { action: { text: "x" } })).toMatchObject({
      status: 422,
      body: { error: { code: "invalid", message: expect.stringContaining("reset") } },
    });
    expect((await t.get("/state")).body).toEqual({ episode_id: null, step_count: 0 });
    expect(await t.post("/step", { action: { txt: "x" } })).toMatchObject({
      status: 422,
      body: { error: { message: expect.stringContaining("tool_calls") } },
    });
  });

  test("describes the environment and its schemas", async () => {
    await using t = await testServer();
    expect((await t.get("/health")).body).toEqual({ status: "healthy" });
    expect((await t.get("/metadata")).body).toMatchObject({
      name: "tau2",
      description: expect.stringContaining("chores"),
      version: expect.any(String),
    });
    expect((await t.get("/schema")).body).toMatchObject({
      action: { anyOf: expect.any(Array) },
      observation: { type: "object" },
      state: { required: ["episode_id", "step_count"] },
    });
  });

  test("lists and calls tools over JSON-RPC, in sessions that the client creates", async () => {
    await using t = await testServer();
    const rpc = async (method: string, params: object = {}) => (await t.post("/mcp", { jsonrpc: "2.0", id: 1, method, params })).body;
    const { session_id } = (await rpc("openenv/session/create", { task_id: "milk" })).result;
    expect((await rpc("tools/list", { session_id })).result.tools.length).toBeGreaterThan(3);
    const call = { session_id, name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" } };
    expect((await rpc("tools/call", call)).result).toMatchObject({ isError: false });
    expect((await rpc("tools/call", { ...call, name: "get_users", arguments: "{}" })).result).toMatchObject({ isError: false });
    expect((await rpc("tools/call", { ...call, arguments: [1] })).result).toMatchObject({
      isError: true,
      content: [{ text: expect.stringContaining("not an object") }],
    });
    expect((await rpc("tools/call", { session_id, name: "done" })).result._meta).toEqual({ reward: 1, done: true });
    expect((await rpc("openenv/session/close", { session_id })).result).toEqual({ session_id, closed: true });
    expect((await rpc("tools/list", { session_id })).error).toMatchObject({ code: -32_602, data: { code: "gone" } });
    expect((await rpc("tools/list")).error.message).toContain("openenv/session/create");
    expect((await rpc("openenv/session/create", { sead: 1 })).error.message).toContain('Unrecognized key: "sead"');
    expect((await t.post("/mcp", [])).status).toBe(422);
  });
});
