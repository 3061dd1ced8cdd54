import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveMcpHttp, type McpHttpServer } from "../../src/adapters/mcp/index.ts";
import { loadEnvironment } from "../../src/data/index.ts";
import { mock } from "../../src/mock/index.ts";
import { telecom } from "../../src/telecom/index.ts";
import { connectHttp } from "./connect.ts";

const newEnvironment = () => loadEnvironment(telecom, { dataDir: null });
const suspend = { name: "suspend_line", arguments: { customer_id: "C1001", line_id: "L1002", reason: "lost" } };

let server: McpHttpServer;
beforeAll(async () => {
  server = await serveMcpHttp(newEnvironment);
});
afterAll(() => server.close());

describe("an MCP session", () => {
  test("lists the agent's tools, and marks those that write", async () => {
    await using connection = await connectHttp(server.url);
    const { tools } = await connection.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(telecom.agent.tools.map(({ name }) => name));
    const hints = Object.fromEntries(
      tools.map(({ name, annotations }) => [name, [annotations?.readOnlyHint, annotations?.destructiveHint]]),
    );
    expect(hints).toMatchObject({
      get_customer_by_id: [true, false],
      transfer_to_human_agents: [true, false],
      suspend_line: [false, true],
    });
    const tool = tools.find(({ name }) => name === "suspend_line");
    expect(tool?.inputSchema).toMatchObject({
      type: "object",
      required: ["customer_id", "line_id", "reason"],
      additionalProperties: false,
    });
    expect(tool?.annotations?.openWorldHint).toBe(false);
  });

  test("has its own database", async () => {
    await using one = await connectHttp(server.url);
    await using other = await connectHttp(server.url);
    expect(await one.client.callTool(suspend)).toMatchObject({ content: [{ type: "text", text: expect.stringContaining("suspended") }] });
    expect((await one.client.callTool(suspend)).isError).toBe(true);
    expect((await other.client.callTool(suspend)).isError).toBeFalsy();
    expect(one.transport.sessionId).not.toBe(other.transport.sessionId);
  });

  test.each([
    [suspend.arguments, "Error: Line must be active to suspend"],
    [{ customer_id: "C1001", line_id: 7 }, "Error: suspend_line: argument 'line_id'"],
    [undefined, "Error: suspend_line: argument 'customer_id' is missing"],
  ])("answers a refused or malformed call with %j by `isError`", async (args, text) => {
    await using connection = await connectHttp(server.url);
    await connection.client.callTool(suspend);
    const answer = await connection.client.callTool({ name: "suspend_line", ...(args && { arguments: args }) });
    expect(answer).toMatchObject({ isError: true, content: [{ type: "text", text: expect.stringContaining(text) }] });
  });

  test("answers an unknown tool with a protocol error", async () => {
    await using connection = await connectHttp(server.url);
    await expect(connection.client.callTool({ name: "no_such_tool", arguments: {} })).rejects.toThrow(/no_such_tool/);
  });

  test("offers the policy as a resource and as a prompt, and names both in its instructions", async () => {
    await using connection = await connectHttp(server.url);
    const { client } = connection;
    const { policy } = newEnvironment();
    const [resource] = (await client.listResources()).resources;
    expect(client.getInstructions()).toContain(resource?.uri);
    expect((await client.readResource({ uri: resource!.uri })).contents).toEqual([
      { uri: "tau2://telecom/policy", mimeType: "text/markdown", text: policy },
    ]);
    expect((await client.listPrompts()).prompts.map(({ name }) => name)).toEqual(["policy"]);
    const { messages } = await client.getPrompt({ name: "policy" });
    expect(messages).toMatchObject([{ role: "user", content: { type: "text", text: expect.stringContaining(policy) } }]);
  });

  test("is available to a client that prefers a revision without sessions", async () => {
    await using connection = await connectHttp(server.url, { versionNegotiation: { mode: "auto" } });
    expect(connection.transport.sessionId).toBeDefined();
    expect((await connection.client.callTool(suspend)).isError).toBeFalsy();
  });

  test("closes when its client deletes it", async () => {
    const before = server.sessions;
    await using connection = await connectHttp(server.url);
    const { sessionId } = connection.transport;
    expect(server.sessions).toBe(before + 1);
    await connection.transport.terminateSession();
    expect(server.sessions).toBe(before);
    expect((await post({ "mcp-session-id": sessionId! })).status).toBe(404);
  });

  test("closes at the limit of sessions if its last request is the oldest", async () => {
    await using small = await serveMcpHttp(newEnvironment, { maxSessions: 2 });
    await using first = await connectHttp(small.url);
    await using second = await connectHttp(small.url);
    await first.client.ping();
    await using third = await connectHttp(small.url);
    expect(small.sessions).toBe(2);
    await first.client.ping();
    await third.client.ping();
    await expect(second.client.ping()).rejects.toThrow(/Session not found/);
  });

  test("can offer the user's tools", async () => {
    await using users = await serveMcpHttp(() => loadEnvironment(mock, { dataDir: null }), { requestor: "user" });
    await using connection = await connectHttp(users.url);
    expect((await connection.client.listTools()).tools.map(({ name }) => name)).toEqual(["check_notifications", "dismiss_notification"]);
    expect((await connection.client.callTool({ name: "check_notifications", arguments: {} })).isError).toBe(false);
  });
});

const ping = { jsonrpc: "2.0", id: 1, method: "ping" };

function post(headers: Record<string, string> = {}, body: unknown = ping): Promise<Response> {
  return fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json, text/event-stream", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}

/** The status of a request with any headers; `fetch` does not let a program set Host. */
function statusFor(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(server.url, { method: "POST", headers: { "content-type": "application/json", ...headers } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject).end(JSON.stringify(ping));
  });
}

describe("an MCP request", () => {
  test.each([
    ["of an unknown session", { "mcp-session-id": "nobody" }, ping, 404],
    ["without a session that is not `initialize`", {}, ping, 400],
    ["that is not JSON", {}, "{", 400],
    ["that is not a message", {}, [1], 400],
    ["of another type", { "content-type": "text/plain" }, ping, 415],
    ["that is too long", {}, `"${"x".repeat(5_000_000)}"`, 413],
  ])("%s is refused, and does not open a session", async (_, headers, body, status) => {
    const before = server.sessions;
    const response = await post(headers, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: "2.0", error: { message: expect.any(String) } });
    expect(server.sessions).toBe(before);
  });

  test("with another machine's name as host is refused, which stops DNS rebinding", async () => {
    expect(await statusFor({ host: "attacker.example" })).toBe(403);
    expect(await statusFor({ host: "attacker.example:80", "mcp-session-id": "any" })).toBe(403);
    expect(await statusFor({ host: `localhost:${new URL(server.url).port}` })).not.toBe(403);
  });

  test("from a page of another origin is refused", async () => {
    expect(await statusFor({ origin: "https://attacker.example" })).toBe(403);
    expect(await statusFor({ origin: "null" })).toBe(403);
    expect(await statusFor({ origin: "http://localhost:3000" })).not.toBe(403);
  });

  test("for another path, or with a malformed path, gets an answer", async () => {
    expect((await fetch(new URL("/", server.url))).status).toBe(404);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), "127.0.0.1", () =>
        socket.end("GET // HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"),
      );
      socket.setEncoding("utf8").on("data", resolve).on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
  });
});

test("serveMcpHttp rejects for a port in use", async () => {
  await expect(serveMcpHttp(newEnvironment, { port: Number(new URL(server.url).port) })).rejects.toThrow(/EADDRINUSE/);
});
