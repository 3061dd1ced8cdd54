import type { ToolDeclaration } from "@tau2/domains";
import { describe, expect, test, vi } from "vitest";
import { messageReply, said, served } from "../../test/served.ts";
import { startModelServer } from "../testing/model-server.ts";
import type { ChatMessage } from "./chat-model.ts";
import { openAiModel } from "./openai-model.ts";

const now = { "retry-after": "0" };
const reboot: ToolDeclaration = {
  type: "function",
  function: { name: "reboot", description: "Restarts.", parameters: { type: "object", properties: {} } },
};

describe("a reply", () => {
  test("a reply has text, usage, cost, model, finish reason, time and the raw answer", async () => {
    const { ask } = await served([{ content: "Hello", usage: { prompt_tokens: 1000, completion_tokens: 500 }, model: "m1-2025" }], {
      price: { input: 2, output: 8 },
    });
    const reply = await ask();
    expect(reply).toMatchObject({
      content: "Hello",
      toolCalls: null,
      reasoning: null,
      usage: { prompt_tokens: 1000, completion_tokens: 500 },
      cost: 0.006,
      model: "m1-2025",
      finishReason: "stop",
      raw: { id: "chatcmpl-1", choices: [{ message: { content: "Hello" } }] },
    });
    expect(reply.usage).not.toHaveProperty("total_tokens");
    expect(reply.generationSeconds).toBeGreaterThan(0);
  });

  test("tool calls keep their ids, names and arguments", async () => {
    const toolCalls = [
      { id: "call_1", name: "book", arguments: { seats: ["1A"], price: 12.5, note: "Zürich \u{1f600}" } },
      { id: "", name: "think", arguments: {} },
    ];
    const { ask } = await served([{ content: "One moment.", toolCalls }]);
    expect(await ask()).toMatchObject({ content: "One moment.", toolCalls, finishReason: "tool_calls" });
  });

  test("reasoning is read under either of its names", async () => {
    const { ask } = await served([
      messageReply({ role: "assistant", content: "4", reasoning_content: "2+2" }),
      messageReply({ role: "assistant", content: "4", reasoning: "two and two" }),
    ]);
    expect((await ask()).reasoning).toBe("2+2");
    expect((await ask()).reasoning).toBe("two and two");
  });

  test("the cost uses the list price of the requested or reported model, or is null", async () => {
    const usage = { prompt_tokens: 1_000_000, completion_tokens: 0 };
    const { ask } = await served([
      { content: "a", usage },
      { content: "b", usage, model: "gpt-4.1-2025-04-14" },
    ]);
    expect((await ask()).cost).toBeNull();
    expect((await ask()).cost).toBe(2);
    const { ask: free } = await served([{ content: "a", usage, model: "gpt-4.1" }], { price: null });
    expect((await free()).cost).toBeNull();
  });

  test("a reply without usage, content or calls is valid", async () => {
    const { ask } = await served([
      messageReply({ role: "assistant", content: "", tool_calls: [] }),
      messageReply({ role: "assistant", content: null }),
      messageReply({ role: "assistant" }),
      messageReply({}),
    ]);
    expect(await ask()).toMatchObject({ content: "", toolCalls: null, usage: null, cost: null });
    for (let left = 3; left > 0; left--) expect(await ask()).toMatchObject({ content: null, toolCalls: null });
  });

  test("a reply may have ten megabytes of content", async () => {
    const content = "é".repeat(10_000_000);
    const { ask } = await served([{ content }]);
    expect((await ask()).content).toHaveLength(10_000_000);
  });
});

describe("the request on the wire", () => {
  test("a query of the base URL stays behind the path", async () => {
    const server = await startModelServer(["Hello"]);
    await openAiModel({ model: "m", baseUrl: `${server.baseUrl}/?api-version=2024-10-21`, headers: { "api-key": "k" } }).complete({
      messages: [],
    });
    expect(server.requests[0]).toMatchObject({ path: "/v1/chat/completions?api-version=2024-10-21", headers: { "api-key": "k" } });
    await server.close();
  });

  test("a first user message precedes a conversation that the assistant begins", async () => {
    const { ask, server } = await served(["a", "b", "c"], { firstMessage: "(the call begins)" });
    const system = { role: "system", content: "Be kind." } as const;
    const greeting = { role: "assistant", content: "Hi!", tool_calls: null } as const;
    const user = { role: "user", content: "Help" } as const;
    await ask({ messages: [system, greeting, user] });
    await ask({ messages: [system, user] });
    const roles = server.requests.map(({ body }) => (body["messages"] as { role: string }[]).map(({ role }) => role));
    expect(roles).toEqual([
      ["system", "user", "assistant", "user"],
      ["system", "user"],
    ]);
    expect(server.requests[0]!.body["messages"]).toMatchObject({ 1: { content: "(the call begins)" } });
  });

  test("call ids are unique and not blank, and answers carry them", async () => {
    const call = (id: string) => ({ id, name: "reboot", arguments: {} });
    const turn = (...ids: string[]): ChatMessage[] => [
      { role: "assistant", content: null, tool_calls: ids.map(call) },
      ...ids.map((id): ChatMessage => ({ role: "tool", content: "ok", tool_call_id: id })),
    ];
    const { ask, server } = await served(["Done."]);
    await ask({ messages: [...turn("a", "a"), ...turn("", ""), ...turn("a")] });
    const sent = (server.requests[0]!.body["messages"] as { tool_calls?: { id: string }[]; tool_call_id?: string }[]).map(
      ({ tool_calls, tool_call_id }) => tool_calls?.map(({ id }) => id) ?? tool_call_id,
    );
    expect(sent).toEqual([["a", "call_1"], "a", "call_1", ["call_2", "call_3"], "call_2", "call_3", ["call_4"], "call_4"]);
  });

  const conversation: ChatMessage[] = [
    { role: "system", content: "Be kind." },
    { role: "user", content: "Reboot it" },
    {
      role: "assistant",
      content: "",
      tool_calls: [{ id: "c1", name: "reboot", arguments: { hard: true, note: "é" } }],
      reasoning: "must reboot",
    },
    { role: "tool", content: "", tool_call_id: "c1" },
    { role: "assistant", content: "Done", tool_calls: [], reasoning: "is done" },
    { role: "user", content: "Thanks" },
    { role: "assistant", content: null, tool_calls: null, reasoning: "nothing to say" },
  ];

  test("has exactly these keys", async () => {
    const { ask, server } = await served(["ok"], { parameters: { temperature: 0, max_tokens: 5 } });
    await ask({ messages: conversation, tools: [reboot], parameters: { seed: 626729, max_tokens: 9 } });
    expect(server.requests[0]?.path).toBe("/v1/chat/completions");
    expect(server.requests[0]?.body).toEqual({
      temperature: 0,
      max_tokens: 9,
      seed: 626729,
      model: "m1",
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: "Reboot it" },
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c1", type: "function", function: { name: "reboot", arguments: '{"hard": true, "note": "\\u00e9"}' } }],
        },
        { role: "tool", content: "", tool_call_id: "c1" },
        { role: "assistant", content: "Done" },
        { role: "user", content: "Thanks" },
        { role: "assistant", content: "" },
      ],
      tools: [reboot],
      tool_choice: "auto",
    });
  });

  test("a request without tools has neither `tools` nor `tool_choice`", async () => {
    const { ask, server } = await served(["ok", "ok"]);
    await ask({ tools: [], toolChoice: "required" });
    await ask();
    for (const { body } of server.requests) expect(Object.keys(body).toSorted()).toEqual(["messages", "model"]);
  });

  test("a tool choice and a response schema are sent", async () => {
    const { ask, server } = await served(["{}"]);
    await ask({ tools: [reboot], toolChoice: "required", responseSchema: { name: "verdict", schema: { type: "object" } } });
    expect(server.requests[0]?.body).toMatchObject({
      tool_choice: "required",
      response_format: { type: "json_schema", json_schema: { name: "verdict", schema: { type: "object" }, strict: true } },
    });
  });

  test("a request is repeated without its schema if the endpoint refuses schemas", async () => {
    const { ask, server } = await served([{ status: 400, body: { error: { message: "response_format is not supported" } } }, "{}"]);
    expect((await ask({ responseSchema: { name: "verdict", schema: {} } })).content).toBe("{}");
    expect(server.requests[1]?.body).not.toHaveProperty("response_format");
  });

  test.each([
    ["none", [undefined, undefined, undefined]],
    ["sinceLastUser", [undefined, undefined, "nothing to say"]],
    ["all", ["must reboot", "is done", "nothing to say"]],
  ] as const)("policy %s decides which earlier reasoning is sent back", async (reasoning, expected) => {
    const { ask, server } = await served(["ok"], { reasoning });
    await ask({ messages: conversation });
    const sent = (server.requests[0]?.body["messages"] ?? []) as Record<string, unknown>[];
    expect(sent.filter((message) => message["role"] === "assistant").map((message) => message["reasoning_content"])).toEqual(expected);
  });

  test("parameters cannot replace the messages", async () => {
    const { fail, server } = await served([]);
    expect(await fail({ parameters: { stream: true } })).toMatchObject({ fault: "configuration", message: said("'stream'") });
    expect(server.requests).toEqual([]);
  });

  test("key and headers are sent with the request", async () => {
    const { ask, server } = await served(["ok"], { headers: { "x-team": "blue" } });
    await ask();
    expect(server.requests[0]?.headers).toMatchObject({ authorization: "Bearer sk-secret", "x-team": "blue" });
  });

  test("a custom fetch is used", async () => {
    const seen: string[] = [];
    const { ask } = await served(["ok"], {
      fetch: (url, init) => {
        seen.push(new Request(url).url);
        return fetch(url, init);
      },
    });
    await ask();
    expect(seen).toEqual([said(/\/v1\/chat\/completions$/)]);
  });
});

describe("transient faults are retried", () => {
  test("a rate limit is retried after the time that the endpoint asks for", async () => {
    const { ask, server } = await served([
      { status: 429, headers: { "retry-after-ms": "150" }, body: { error: { message: "slow down" } } },
      "ok",
    ]);
    const started = performance.now();
    expect((await ask()).content).toBe("ok");
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
    expect(server.requests).toHaveLength(2);
  });

  test("a server error is retried up to the limit, then reported with the number of attempts", async () => {
    const { fail, server } = await served(() => ({ status: 503, headers: now, body: { error: { message: "overloaded" } } }), {
      maxRetries: 2,
    });
    const error = await fail();
    expect(error).toMatchObject({ fault: "transient", status: 503 });
    expect(error.message).toBe(
      `${server.baseUrl} (model 'm1') answered with status 503: "overloaded". The endpoint is overloaded or broken; try again later. Tried 3 times.`,
    );
    expect(server.requests).toHaveLength(3);
  });

  test.each([408, 409, 429, 500, 502, 529])("status %d", async (status) => {
    const { ask } = await served([{ status, headers: now }, "ok"]);
    expect((await ask()).content).toBe("ok");
  });

  test("a dropped connection and a truncated answer are retried", async () => {
    const { ask, server } = await served([{ fault: "reset" }, { fault: "cut" }, "ok"]);
    expect((await ask()).content).toBe("ok");
    expect(server.requests).toHaveLength(3);
  });

  test("an error that a gateway wraps into status 200 is retried", async () => {
    const { ask } = await served([{ status: 200, body: { error: { code: 502, message: "upstream" } } }, "ok"]);
    expect((await ask()).content).toBe("ok");
  });

  test("is not retried if the endpoint says so, or asks for a long wait", async () => {
    const { fail, server } = await served([
      { status: 500, headers: { ...now, "x-should-retry": "false" } },
      { status: 429, headers: { "retry-after": "3600" } },
    ]);
    expect(await fail()).toMatchObject({ fault: "transient", status: 500 });
    expect(await fail()).toMatchObject({ fault: "transient", message: said("asks to wait 3600 seconds") });
    expect(server.requests).toHaveLength(2);
  });

  test("an address without a server is named in the error", async () => {
    const { server, fail } = await served([], { maxRetries: 0 });
    await server.close();
    expect(await fail()).toMatchObject({
      fault: "transient",
      status: null,
      message: said(/127\.0\.0\.1:\d+\/v1 .*ECONNREFUSED.* Is the server running\?/),
    });
  });
});

describe("other faults are not retried", () => {
  test.each<[string, number, unknown, string, RegExp]>([
    [
      "bad parameters",
      400,
      { error: { message: "temperature too high" } },
      "configuration",
      /"temperature too high"\. Check the `parameters`/,
    ],
    [
      "a bad key",
      401,
      { error: { message: "Incorrect API key" } },
      "configuration",
      /Check the key: `apiKey`, or the environment variable OPENAI_API_KEY/,
    ],
    ["no access", 403, { error: "no access to this model" }, "configuration", /"no access to this model"/],
    [
      "an unknown model",
      404,
      { message: "The model `m1` does not exist." },
      "configuration",
      /does not exist.*Check the model's name and the base URL/,
    ],
    ["a body that is not JSON", 404, "404 page not found", "configuration", /404 page not found/],
    ["a schema violation", 422, { detail: [{ loc: ["body", "messages"], msg: "bad" }] }, "configuration", /detail.*bad/],
    ["no credit", 429, { error: { message: "You exceeded your current quota", code: "insufficient_quota" } }, "configuration", /credit/],
    ["too long, as OpenAI says it", 400, { error: { message: "Too long.", code: "context_length_exceeded" } }, "context", /no longer fits/],
    [
      "too long, as llama.cpp says it",
      400,
      { error: { message: "the request exceeds the available context size" } },
      "context",
      /no longer fits/,
    ],
    [
      "too long, as vLLM says it",
      400,
      { object: "error", message: "This model's maximum context length is 4096 tokens." },
      "context",
      /4096 tokens/,
    ],
  ])("%s", async (_, status, body, fault, words) => {
    const { fail, server } = await served([{ status, body }]);
    expect(await fail()).toMatchObject({ fault, status, message: said(words) });
    expect(server.requests).toHaveLength(1);
  });

  test("an error quotes a long body in part, and never the key", async () => {
    const { fail } = await served([{ status: 400, body: { error: { message: "x".repeat(100_000) } } }]);
    const { message } = await fail();
    expect(message.length).toBeLessThan(600);
    expect(message).not.toContain("sk-secret");
  });
});

test("errors name options as `advice` calls them", async () => {
  const advice = { timeout: "--patience", parameters: "--args" };
  const refusing = await served([{ status: 400, body: { error: { message: "no" } } }], { advice });
  expect((await refusing.fail()).message).toContain("Check --args and what the model supports.");
  const hanging = await served([{ fault: "hang" }], { advice, timeoutMs: 80 });
  expect((await hanging.fail()).message).toContain("raise --patience, or lower max_tokens");
});

describe("time", () => {
  test.each(["hang", "stall"] as const)("an endpoint that does not finish (%s) is a timeout and is not retried", async (fault) => {
    const { fail, server } = await served([{ fault }], { timeoutMs: 80 });
    expect(await fail()).toMatchObject({ fault: "timeout", message: said("0.08 seconds; raise timeoutMs") });
    // On a busy machine the deadline may come before the request has arrived.
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  test.each(["hang", "stall"] as const)("a caller can cancel a request that does not finish (%s)", async (fault) => {
    const caller = new AbortController();
    const { fail, server } = await served(() => {
      setTimeout(() => caller.abort(new Error("lunch")), 30);
      return { fault };
    });
    expect(await fail({ signal: caller.signal })).toMatchObject({ fault: "cancelled", message: said("lunch") });
    expect(server.requests).toHaveLength(1);
  });

  test("a caller can cancel the wait between two attempts", async () => {
    const caller = new AbortController();
    const { fail, server } = await served(() => {
      setTimeout(() => caller.abort(), 30);
      return { status: 503, headers: { "retry-after": "60" } };
    });
    expect(await fail({ signal: caller.signal })).toMatchObject({ fault: "cancelled" });
    expect(server.requests).toHaveLength(1);
  });

  test("a request that is cancelled before it starts is not sent", async () => {
    const { fail, server } = await served([]);
    expect(await fail({ signal: AbortSignal.abort() })).toMatchObject({ fault: "cancelled" });
    expect(server.requests).toEqual([]);
  });

  test("requests do not use Node's fetch, which has a time limit of its own", async () => {
    vi.stubGlobal("fetch", () => expect.unreachable("asked by Node's own fetch"));
    const { ask } = await served(["slow but sure"]);
    expect((await ask()).content).toBe("slow but sure");
  });

  test("a redirect of the endpoint is followed", async () => {
    const { server } = await served(["here"]);
    const old = await served(() => ({ status: 308, headers: { location: `${server.baseUrl}/chat/completions` } }));
    expect((await old.ask()).content).toBe("here");
    expect(server.requests).toHaveLength(1);
  });

  test("a timeout of 0 is refused before any request", () => {
    expect(() => openAiModel({ model: "m", baseUrl: "http://127.0.0.1:1/v1", timeoutMs: 0 })).toThrow(/more than 0/);
  });
});
