import { once } from "node:events";
import { connect } from "node:net";
import { WebSocket } from "ws";
import { describe, expect, test, vi } from "vitest";
import type { Domain } from "@tau2/domains";
import { choresDomain, slowUser, testServer, until, type TestServer } from "../../../test/server.ts";

/** A client of OpenEnv: one response for each message. */
async function client(t: TestServer, options: object = {}) {
  const socket = new WebSocket(`${t.server.url.replace("http", "ws")}/ws`, options);
  const answers: unknown[] = [];
  const closed = once(socket, "close") as Promise<[number, Buffer]>;
  socket.on("message", (data) => answers.push(JSON.parse((data as Buffer).toString())));
  socket.on("error", () => {});
  await once(socket, "open");
  let taken = 0;
  const send = (frame: unknown) => socket.send(typeof frame === "string" || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  // oxlint-disable-next-line typescript/no-explicit-any
  async function ask(frame: unknown): Promise<any> {
    send(frame);
    await until(() => answers.length > taken || socket.readyState === socket.CLOSED);
    return answers[taken++];
  }
  return { socket, answers, closed, send, ask };
}

/** A domain with one task. Among several, chance chooses for a client that does not name one. */
const milkDomain: Domain = {
  ...choresDomain,
  data() {
    const data = choresDomain.data!();
    return { ...data, tasks: data.tasks!.filter(({ id }) => id === "milk"), splits: { train: ["milk"] } };
  },
};

function createRpc(method: string, params: object = {}) {
  return { type: "mcp", data: { jsonrpc: "2.0", id: 7, method, params } };
}

const milk = { type: "reset", data: { task_id: "milk", user: "chatty" } };

describe("OpenEnv over a WebSocket", () => {
  test("plays an episode: reset, steps, state, and the reward at the end", async () => {
    await using t = await testServer();
    const { ask, send, closed } = await client(t);
    expect(await ask({ type: "state" })).toEqual({ type: "state", data: { episode_id: null, step_count: 0 } });
    const first = await ask({ type: "reset", data: { ...milk.data, seed: 3, episode_id: "e-1" } });
    expect(first).toMatchObject({
      type: "observation",
      data: { reward: 0, done: false, observation: { text: "user: Milk, please.", policy: "Help with to-dos." } },
    });
    for (const key of ["reward", "done", "metadata"]) expect(first.data.observation).not.toHaveProperty(key);
    const step = await ask({
      type: "step",
      data: { text: "create_task(user_id='user_1', title='Buy milk')", metadata: { sampled: true } },
    });
    expect(step.data).toMatchObject({ reward: 0, done: false, observation: { messages: [{ role: "tool", error: false }], step_count: 1 } });
    expect(await ask({ type: "state" })).toMatchObject({
      data: { episode_id: "e-1", step_count: 1, domain: "chores", task_id: "milk", done: false },
    });
    const said = await ask({ type: "step", data: { content: "It is done.", tool_calls: null } });
    expect(said.data.observation.text).toBe("user: Is it done?");
    const end = await ask({ type: "step", data: { tool_calls: [{ name: "done", arguments: {} }] } });
    expect(end.data).toMatchObject({
      reward: 1,
      done: true,
      observation: { terminated: true, truncated: false, reward_info: { reward: 1 } },
    });
    expect((await ask({ type: "step", data: { text: "Hello?" } })).data).toMatchObject({ reward: 0, done: true });
    expect((await ask(milk)).data.done).toBe(false);
    send({ type: "close" });
    expect((await closed)[0]).toBe(1000);
    await until(() => t.server.sessions.pool.active === 0);
  });

  test("has one session per WebSocket, which ends with it or with the next reset", async () => {
    await using t = await testServer({ maxSessions: 2 });
    const [a, b] = [await client(t), await client(t)];
    await a.ask(milk);
    await b.ask(milk);
    expect((await a.ask(milk)).type).toBe("observation");
    expect(t.server.sessions.pool.active).toBe(2);
    a.socket.terminate();
    await until(() => t.server.sessions.pool.active === 1);
    expect((await b.ask({ type: "step", data: { text: "get_users()" } })).type).toBe("observation");
  });

  test("lists and calls tools, and starts an episode without a reset", async () => {
    await using t = await testServer({ defaultUser: "chatty" });
    const { ask } = await client(t);
    const { data } = await ask({ type: "step", data: { type: "list_tools" } });
    expect(data).toMatchObject({ reward: null, done: false });
    expect(data.observation.tools.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(["create_task", "done", "respond_user"]),
    );
    expect(data.observation.tools[0]).toMatchObject({ description: expect.any(String), input_schema: { type: "object" } });
    await ask(milk);
    const call = (tool_name: string, args: unknown = {}) => ask({ type: "step", data: { type: "call_tool", tool_name, arguments: args } });
    expect((await call("get_users")).data.observation).toMatchObject({
      tool_name: "get_users",
      error: null,
      result: expect.stringContaining("Ada"),
    });
    for (const written of [null, "", "null", "{}"]) {
      expect((await call("get_users", written)).data.observation).toMatchObject({ error: null });
    }
    expect((await call("respond_user", { text: "Hello." })).data.observation).toMatchObject({
      tool_name: "respond_user",
      result: "Is it done?",
    });
    expect((await call("respond_user")).data.observation.error).toMatchObject({ error_type: "invalid_args" });
    expect((await call("fly")).data.observation).toMatchObject({
      result: null,
      error: { error_type: "tool_not_found", message: "Tool 'fly' not found." },
    });
    expect((await call("create_task", { user_id: "nobody", title: "x" })).data.observation.error.error_type).toBe("execution_error");
  });

  test("responds to MCP requests with messages of type mcp", async () => {
    await using t = await testServer();
    const { ask } = await client(t);
    await ask(milk);
    const rpc = (method: string, params?: object) =>
      ask({ type: "mcp", data: { jsonrpc: "2.0", id: 7, method, ...(params ? { params } : {}) } });
    expect(await rpc("tools/list")).toMatchObject({ type: "mcp", data: { jsonrpc: "2.0", id: 7, result: { tools: expect.any(Array) } } });
    expect((await rpc("tools/call", { name: "get_users" })).data.result).toMatchObject({
      isError: false,
      content: [{ type: "text", text: expect.stringContaining("Ada") }],
    });
    expect((await rpc("tools/call", { name: "fly" })).data.result).toMatchObject({ isError: true });
    expect((await rpc("tools/call", {})).data.error).toMatchObject({ code: -32_602, message: expect.stringContaining("params.name") });
    expect((await rpc("tools/cook")).data.error.code).toBe(-32_601);
    expect((await rpc("openenv/session/close", { session_id: "x" })).data.error.message).toContain("WebSocket");
    expect((await ask({ type: "mcp", data: 7 })).data).toMatchObject({ id: null, error: { code: -32_600 } });
  });
});

describe("a malformed message receives an error, and the connection stays open", () => {
  test.each([
    ["", "INVALID_JSON"],
    ["{", "INVALID_JSON"],
    ["[".repeat(10_000), "INVALID_JSON"],
    [Buffer.from([0, 1, 2]), "INVALID_JSON"],
    ["7", "VALIDATION_ERROR"],
    [{ type: "reset", data: {}, more: 1 }, "VALIDATION_ERROR"],
    [{ type: "fly" }, "UNKNOWN_TYPE"],
    [{ type: "reset", data: { sead: 1 } }, "VALIDATION_ERROR"],
    [{ type: "reset", data: { task_id: "nope" } }, "VALIDATION_ERROR"],
    [{ type: "step", data: { text: "Hello." } }, "VALIDATION_ERROR"],
    [{ type: "step", data: {} }, "VALIDATION_ERROR"],
    [{ type: "step", data: { type: "call_tool" } }, "VALIDATION_ERROR"],
    [{ type: "step", data: { text: "x", extra: 1 } }, "VALIDATION_ERROR"],
  ])("%j", async (frame, code) => {
    await using t = await testServer();
    const { ask } = await client(t);
    expect(await ask(frame)).toMatchObject({ type: "error", data: { code, message: expect.any(String) } });
    expect((await ask(milk)).type).toBe("observation");
  });

  test("the connection is closed if the server is full or the session has expired", async () => {
    let now = 0;
    await using t = await testServer({ maxSessions: 1, idleTimeoutMs: 1000, now: () => now });
    const [a, b] = [await client(t), await client(t)];
    await a.ask(milk);
    expect(await b.ask(milk)).toMatchObject({ type: "error", data: { code: "CAPACITY_REACHED", active_sessions: 1, max_sessions: 1 } });
    expect((await b.closed)[0]).toBe(1013);
    now += 1001;
    expect(await a.ask({ type: "state" })).toMatchObject({ type: "error", data: { code: "SESSION_ERROR" } });
    await a.closed;
  });
});

describe("a WebSocket", () => {
  test("receives responses in the order of its messages", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const { send, answers } = await client(t);
    send({ type: "reset", data: { task_id: "milk", user: "slow" } });
    send({ type: "step", data: { text: "get_users()" } });
    send({ type: "state" });
    await until(() => slow.waiting.length > 0);
    expect(answers).toEqual([]);
    slow.waiting.shift()!.say("Milk, please.");
    await until(() => answers.length === 3);
    expect(answers).toMatchObject([
      { type: "observation" },
      { data: { observation: { step_count: 1 } } },
      { type: "state", data: { step_count: 1 } },
    ]);
  });

  test("is closed after too many messages without a response", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const { send, closed } = await client(t);
    send({ type: "reset", data: { task_id: "milk", user: "slow" } });
    await until(() => slow.waiting.length > 0);
    for (let i = 0; i < 20; i++) send({ type: "state" });
    expect((await closed)[0]).toBe(1008);
    await until(() => slow.given.up === 1);
  });

  test("cancels the call of the user when its client disconnects", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const { ask, send, socket } = await client(t);
    const reset = ask({ type: "reset", data: { task_id: "milk", user: "slow" } });
    await until(() => slow.waiting.length > 0);
    slow.waiting.shift()!.say("Milk, please.");
    await reset;
    send({ type: "step", data: { text: "Hello." } });
    await until(() => slow.waiting.length > 0);
    socket.terminate();
    await until(() => t.server.sessions.pool.active === 0);
    expect(slow.given.up).toBe(1);
  });

  test("is closed when its client does not reply to a ping", async () => {
    vi.useFakeTimers({ toFake: ["setInterval"] });
    await using t = await testServer({ heartbeatMs: 20 });
    const [alive, dead] = [await client(t), await client(t, { autoPong: false })];
    await alive.ask(milk);
    await dead.ask(milk);
    // The answer to the first ping comes before the answer to the next message.
    const pinged = once(alive.socket, "ping");
    vi.advanceTimersByTime(20);
    await pinged;
    await alive.ask({ type: "state" });
    vi.advanceTimersByTime(20);
    await dead.closed;
    await until(() => t.server.sessions.pool.active === 1);
    expect((await alive.ask({ type: "state" })).data.step_count).toBe(0);
  });

  test("does not leave a session when its client disconnects during the reset", async () => {
    const slow = slowUser();
    await using t = await testServer({ users: { slow: slow.user } });
    const { send, socket } = await client(t);
    send({ type: "reset", data: { task_id: "milk", user: "slow" } });
    await until(() => slow.waiting.length > 0);
    socket.terminate();
    await until(() => t.server.sessions.pool.active === 0);
    expect(slow.given.up).toBe(1);
  });

  test("limits the size of messages", async () => {
    await using t = await testServer({ maxBodyBytes: 1000 });
    const { ask, send, closed } = await client(t);
    await ask(milk);
    send({ type: "step", data: { text: "x".repeat(1000) } });
    expect((await closed)[0]).toBe(1009);
    await until(() => t.server.sessions.pool.active === 0);
  });

  test("checks token, Host and Origin", async () => {
    await using t = await testServer({ token: "secret" });
    const url = `${t.server.url.replace("http", "ws")}/ws`;
    const refusal = async (options: object, path = url) => {
      const socket = new WebSocket(path, options);
      const [error] = (await once(socket, "error")) as [Error];
      return error.message;
    };
    const authorization = "Bearer secret";
    expect(await refusal({})).toContain("401");
    expect(await refusal({ headers: { authorization, host: "evil.example" } })).toContain("403");
    expect(await refusal({ headers: { authorization }, origin: "https://evil.example" })).toContain("403");
    expect(await refusal({ headers: { authorization } }, url.replace("/ws", "/elsewhere"))).toContain("404");
    const { ask } = await client(t, { headers: { authorization } });
    expect((await ask(milk)).type).toBe("observation");
    expect((await client(t, { auth: "anybody:secret" })).socket.readyState).toBe(WebSocket.OPEN);
  });

  test.each([
    ["a reset", { type: "reset", data: { task_id: "milk", user: "slow" } }, false],
    ["a list of tools", { type: "step", data: { type: "list_tools" } }, false],
    ["a step", { type: "step", data: { text: "Hello." } }, true],
    ["a tool call", { type: "step", data: { type: "call_tool", tool_name: "respond_user", arguments: { text: "Hello." } } }, true],
    ["an MCP request", createRpc("tools/call", { name: "respond_user", arguments: { text: "Hello." } }), true],
    ["an MCP request that starts an episode", createRpc("tools/list"), false],
  ])("receives the response to %s that is pending when the server stops, and is closed", async (_name, message, inEpisode) => {
    const slow = slowUser();
    await using t = await testServer({ domains: [milkDomain], users: { slow: slow.user }, defaultUser: "slow" });
    const { ask, send, answers, closed } = await client(t);
    if (inEpisode) {
      const reset = ask({ type: "reset", data: { task_id: "milk" } });
      await until(() => slow.waiting.length > 0);
      slow.waiting.shift()!.say("Milk, please.");
      await reset;
      answers.length = 0;
    }
    send(message);
    await until(() => slow.waiting.length > 0);
    const stopped = t.server.close();
    slow.waiting.shift()!.say("Hm.");
    expect((await closed)[0]).toBe(1012);
    expect(answers).toMatchObject([{ type: message.type === "mcp" ? "mcp" : "observation" }]);
    await stopped;
  });

  test("is refused without a WebSocket handshake", async () => {
    await using t = await testServer();
    const socket = connect(t.server.port, t.server.host);
    const answer = new Promise<string>((resolve) => {
      socket.once("data", (data) => resolve(data.toString()));
    });
    socket.write("GET /ws HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n");
    expect(await answer).toContain("400 Bad Request");
    expect((await t.get("/ws")).status).toBe(404);
  });
});
