import { ModelError } from "@tau2/user-sim";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { slowJudge, testServer, until } from "../../../test/server.ts";

describe("inspection of a session", () => {
  test("state has the changes, and hashes or databases on request", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.get(`/v1/sessions/${id}/state`)).body).toMatchObject({
      session_id: id,
      step_count: 0,
      expires_in_s: expect.any(Number),
      turn: "agent",
      changes: [],
      hashes: null,
      databases: null,
    });
    await t.step(id, buyMilk);
    const { body } = await t.get(`/v1/sessions/${id}/state?hashes=true&databases=1`);
    expect(body.changes).toMatchObject([
      { side: "agent", op: "add", path: ["tasks", "task_2"], value: { title: "Buy milk" } },
      { side: "agent", op: "replace", path: ["users", "user_1", "tasks"] },
    ]);
    expect(body.databases.agent.tasks.task_2.title).toBe("Buy milk");
    expect(body.hashes).toEqual({ agent: expect.stringMatching(/^[0-9a-f]{64}$/), user: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await t.get(`/v1/sessions/${id}/state?hashes=maybe`)).toMatchObject({ status: 422 });
  });

  test("trajectory has the form of results files or of chat completions", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, buyMilk);
    const soFar = (await t.get(`/v1/sessions/${id}/trajectory`)).body;
    expect(soFar).toMatchObject({ id, task_id: "milk", termination_reason: null, reward_info: null });
    expect(soFar.messages.map(({ turn_idx }: { turn_idx: number }) => turn_idx)).toEqual([0, 1, 2, 3]);
    const chat = (await t.get(`/v1/sessions/${id}/trajectory?format=openai`)).body;
    expect(chat.messages).toMatchObject([
      { role: "assistant", content: "Hi! How can I help you today?" },
      { role: "user", content: "Milk, please." },
      {
        role: "assistant",
        tool_calls: [{ id: "call_1", type: "function", function: { name: "create_task", arguments: expect.any(String) } }],
      },
      { role: "tool", tool_call_id: "call_1" },
    ]);
    await t.step(id, "done()");
    const whole = (await t.get(`/v1/sessions/${id}/trajectory`)).body;
    expect(whole).toMatchObject({ termination_reason: "agent_stop", reward_info: { reward: 1 }, info: { tau2: { report: {} } } });
    expect(await t.get(`/v1/sessions/${id}/trajectory?format=xml`)).toMatchObject({ status: 422 });
  });

  test("trajectory shows the learner as the assistant in mode user", async () => {
    await using t = await testServer();
    const id = await t.create({ task_id: "note", mode: "user", user: undefined });
    await t.step(id, "dismiss_notification(notification_id='n1')");
    expect((await t.get(`/v1/sessions/${id}/trajectory?format=openai`)).body.messages).toMatchObject([
      { role: "user", content: "Hi! How can I help you today?" },
      { role: "assistant", tool_calls: [{ function: { name: "dismiss_notification" } }] },
      { role: "tool" },
    ]);
  });

  test("evaluate returns the grade so far, and the final grade after the end", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.post(`/v1/sessions/${id}/evaluate`)).body).toMatchObject({
      session_id: id,
      expires_in_s: expect.any(Number),
      reward: 0,
      final: false,
      report: { components: { DB: { status: "unmet" } } },
    });
    await t.step(id, buyMilk);
    expect((await t.post(`/v1/sessions/${id}/evaluate`, { type: "action" })).body).toMatchObject({ reward: 1, final: false });
    expect((await t.get(`/v1/sessions/${id}`)).body.done).toBe(false);
    await t.step(id, "done()");
    expect((await t.post(`/v1/sessions/${id}/evaluate`)).body).toMatchObject({ reward: 1, final: true, reward_info: { reward: 1 } });
    expect(await t.post(`/v1/sessions/${id}/evaluate`, { type: "vibes" })).toMatchObject({ status: 422 });
  });

  test("a failing judge gives upstream_failed and does not change the session", async () => {
    await using t = await testServer({ judge: { judge: () => Promise.reject(new ModelError("timeout", "no verdict")) } });
    const id = await t.create({ task_id: "polite" });
    expect(await t.post(`/v1/sessions/${id}/evaluate`)).toMatchObject({
      status: 502,
      body: { error: { code: "upstream_failed", message: "no verdict" } },
    });
    expect((await t.step(id, buyMilk)).status).toBe(200);
    expect((await t.step(id, "done()")).body).toMatchObject({ reward: null, error: { role: "judge" }, terminated: true });
  });

  test("an evaluation is cancelled when its client disconnects", async () => {
    const slow = slowJudge();
    await using t = await testServer({ judge: slow.judge });
    const id = await t.create({ task_id: "polite" });
    const gone = new AbortController();
    const asked = fetch(`${t.server.url}/v1/sessions/${id}/evaluate`, { method: "POST", signal: gone.signal });
    await until(() => slow.asked.length > 0);
    gone.abort();
    await expect(asked).rejects.toThrow("aborted");
    await until(() => slow.given.up === 1);
  });
});

describe("catalog, metrics and OpenAPI document", () => {
  test("list domains and tasks", async () => {
    await using t = await testServer();
    expect((await t.get("/v1/domains")).body).toMatchObject({
      domains: [{ name: "chores", tasks: 4, splits: { train: 2, test: 1 }, modes: ["agent", "user", "solo"] }],
      users: ["scripted", "chatty"],
      agents: ["gold"],
      judge: false,
    });
    expect((await t.get("/v1/domains/chores")).body).toMatchObject({
      policy: "Help with to-dos.",
      tools: expect.any(Array),
      user_tools: expect.any(Array),
    });
    expect((await t.get("/v1/domains/nope")).status).toBe(404);
    expect((await t.get("/v1/tasks?split=train&offset=1")).body).toMatchObject({
      domain: "chores",
      total: 2,
      tasks: [{ task_id: "note", splits: ["train"], needs_judge: false }],
    });
    expect((await t.get("/v1/tasks?split=nope")).status).toBe(404);
    expect((await t.get("/v1/tasks/chores/polite")).body).toMatchObject({
      id: "polite",
      evaluation_criteria: { nl_assertions: ["The agent was kind."] },
    });
    expect((await t.get("/v1/tasks/chores/nope")).status).toBe(404);
  });

  test("metrics count sessions, steps, episodes and requests", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, buyMilk);
    await t.step(id, "done()");
    await t.get("/nope");
    const { body, headers } = await t.get("/metrics");
    expect(headers.get("content-type")).toContain("text/plain");
    for (const line of [
      "tau2_sessions_active 1",
      'tau2_sessions_opened_total{domain="chores",origin="created"} 1',
      'tau2_step_seconds_count{domain="chores"} 2',
      'tau2_episodes_done_total{domain="chores",graded="true"} 1',
      'tau2_episode_reward_sum{domain="chores"} 1',
      'tau2_http_request_seconds_count{method="POST",route="/v1/sessions/:session_id/step",status="200"} 2',
      'tau2_http_request_seconds_count{method="GET",route="unknown",status="404"} 1',
    ]) {
      expect(body).toContain(line);
    }
  });

  test("the OpenAPI document describes every route, and /docs shows it", async () => {
    await using t = await testServer();
    const { body } = await t.get("/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    expect(
      Object.entries(body.paths as Record<string, object>)
        .flatMap(([path, item]) => Object.keys(item).map((method) => `${method} ${path}`))
        .toSorted(),
    ).toMatchInlineSnapshot(`
      [
        "delete /v1/sessions/{session_id}",
        "get /",
        "get /health",
        "get /healthz",
        "get /metadata",
        "get /metrics",
        "get /readyz",
        "get /schema",
        "get /state",
        "get /v1/domains",
        "get /v1/domains/{domain}",
        "get /v1/sessions",
        "get /v1/sessions/{session_id}",
        "get /v1/sessions/{session_id}/export",
        "get /v1/sessions/{session_id}/state",
        "get /v1/sessions/{session_id}/trajectory",
        "get /v1/tasks",
        "get /v1/tasks/{domain}/{task_id}",
        "post /mcp",
        "post /reset",
        "post /step",
        "post /v1/sessions",
        "post /v1/sessions/import",
        "post /v1/sessions/{session_id}/evaluate",
        "post /v1/sessions/{session_id}/fork",
        "post /v1/sessions/{session_id}/restore",
        "post /v1/sessions/{session_id}/snapshot",
        "post /v1/sessions/{session_id}/step",
        "post /v1/steps",
      ]
    `);
    expect((await t.get("/docs")).body).toContain("/openapi.json");
    expect(JSON.stringify(body.components.schemas.CreateSession.properties)).toContain("task_id");
  });

  test("the OpenAPI document describes what the server checks", async () => {
    await using t = await testServer({ token: "secret" });
    const { paths, components, security } = (await t.get("/openapi.json")).body;
    expect(security).toEqual([{ token: [] }]);
    for (const probe of ["/health", "/healthz", "/readyz"]) expect(paths[probe].get.security).toEqual([]);
    expect(paths["/v1/sessions"].post.requestBody.required ?? false).toBe(false);
    const query = paths["/v1/tasks"].get.parameters as { name: string; schema: object }[];
    expect(query.find(({ name }) => name === "limit")?.schema).toMatchObject({ minimum: 1, maximum: 10_000 });
    const flags = paths["/v1/sessions/{session_id}/state"].get.parameters as { name: string; schema: object }[];
    expect(flags.find(({ name }) => name === "hashes")?.schema).toMatchObject({ enum: expect.arrayContaining(["true", "0", ""]) });
    expect(components.schemas.CreateSession.properties.task).toMatchObject({ required: ["id"] });
    expect(components.schemas.Action.anyOf[1]).toMatchObject({ anyOf: [{ required: ["content"] }, { required: ["tool_calls"] }] });
  });
});
