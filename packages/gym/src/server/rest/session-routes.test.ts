import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("sessions", () => {
  test("play an episode from the first turn to the reward", async () => {
    await using t = await testServer();
    const { status, body } = await t.post("/v1/sessions", { domain: "chores", task_id: "milk", seed: 7, metadata: { run: "a" } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      domain: "chores",
      task_id: "milk",
      mode: "agent",
      counterpart: "scripted",
      seed: 7,
      metadata: { run: "a" },
      step_count: 0,
      done: false,
      reward: 0,
      policy: "Help with to-dos.",
      scenario: null,
      expires_in_s: expect.any(Number),
    });
    expect(body.observation.text).toMatch(/^user: Hello!/);
    expect(body.observation.messages).toEqual([{ role: "user", content: expect.stringMatching(/^Hello!/) }]);
    expect(body.tools.map((tool: { function: { name: string } }) => tool.function.name)).toEqual(
      expect.arrayContaining(["create_task", "done"]),
    );

    const call = await t.step(body.session_id, buyMilk);
    expect(call.body).toMatchObject({
      session_id: body.session_id,
      step_count: 1,
      reward: 0,
      done: false,
      error: null,
      invalid_action: null,
    });
    expect(call.body.observation.messages).toMatchObject([{ role: "tool", error: false, content: expect.stringContaining("Buy milk") }]);

    const end = await t.step(body.session_id, "done()");
    expect(end.body).toMatchObject({
      step_count: 2,
      reward: 1,
      terminated: true,
      truncated: false,
      done: true,
      termination_reason: "agent_stop",
    });
    expect(end.body.reward_info).toMatchObject({ reward: 1, db_check: { db_match: true } });
    expect(await t.step(body.session_id, "Hello?")).toMatchObject({ status: 409, body: { error: { code: "episode_over" } } });
  });

  test("take null for any optional field as a missing field", async () => {
    await using t = await testServer();
    const keys = [
      "task",
      "task_id",
      "index",
      "mode",
      "user",
      "agent",
      "max_steps",
      "max_errors",
      "turn_timeout_s",
      "without_judge",
      "metadata",
    ];
    const nulls = Object.fromEntries([...keys, "request_id", "seed", "timeout_s"].map((key) => [key, null]));
    const { status, body } = await t.post("/v1/sessions", { domain: "chores", split: "train", ...nulls });
    expect([status, body]).toMatchObject([201, { domain: "chores", mode: "agent", counterpart: "scripted" }]);
  });

  test("accept the message of a chat completion as an action", async () => {
    await using t = await testServer();
    const id = await t.create();
    const message = {
      role: "assistant",
      content: null,
      refusal: null,
      tool_calls: [
        { id: "c1", type: "function", function: { name: "get_users", arguments: "" } },
        { id: "c2", type: "function", function: { name: "create_task", arguments: '{"user_id": "user_1", "title": "Buy milk"}' } },
      ],
    };
    const { body } = await t.step(id, message);
    expect(body.observation.messages).toMatchObject([
      { role: "tool", id: "c1" },
      { role: "tool", id: "c2" },
    ]);
    const parts = [
      { type: "thinking", thinking: "Both worked." },
      { type: "text", text: "It is " },
      { type: "text", text: "done." },
    ];
    expect((await t.step(id, { role: "assistant", content: parts })).body.observation.text).toBe("user: Is it done?");
    expect((await t.step(id, { tool_calls: [{ name: "done", arguments: {} }] })).body.reward).toBe(1);
  });

  test("report malformed tool calls as invalid_action and keep the state", async () => {
    await using t = await testServer();
    const id = await t.create();
    const garbage = { tool_calls: [{ id: "c", function: { name: "create_task", arguments: "{user_id: oops" } }] };
    for (const [action, reason] of [
      [garbage, expect.stringContaining("the arguments of create_task are not JSON")],
      ["  ", "Action cannot be empty"],
      [`create_task(user_id={${"1: 1, ".repeat(150_000)}})`, expect.stringContaining("Action is too long")],
      [{ content: null, tool_calls: [] }, "Action cannot be empty"],
    ] as const) {
      const { status, body } = await t.step(id, action);
      expect(status).toBe(200);
      expect(body).toMatchObject({ invalid_action: reason, step_count: 0, done: false, reward: 0, observation: { messages: [] } });
    }
  });

  test.each<[string, unknown, unknown]>([
    ["objects", {}, { user_id: "user_1", title: "Buy milk" }],
    ["encoded twice", '"{}"', JSON.stringify('{"user_id": "user_1", "title": "Buy milk"}')],
    ["null, and JSON text", null, '{"user_id": "user_1", "title": "Buy milk"}'],
    ["missing, and JSON text", undefined, '{"user_id": "user_1", "title": "Buy milk"}'],
  ])("take tool calls in both forms whose arguments are %s", async (_, none, some) => {
    await using t = await testServer();
    const id = await t.create();
    const calls = [
      { name: "get_users", arguments: none },
      { name: "create_task", arguments: some },
    ];
    for (const tool_calls of [calls, calls.map((called) => ({ id: "c", function: called }))]) {
      const { body } = await t.step(id, { tool_calls });
      expect(body).toMatchObject({ invalid_action: null, observation: { messages: [{ error: false }, { error: false }] } });
    }
  });

  test("support the modes user and solo", async () => {
    await using t = await testServer();
    const user = await t.post("/v1/sessions", { task_id: "note", mode: "user" });
    expect(user.body).toMatchObject({
      mode: "user",
      counterpart: "gold",
      scenario: expect.stringContaining("reminded of the milk"),
      ticket: null,
    });
    expect(user.body.observation.text).toBe("assistant: Hi! How can I help you today?");
    const solo = await t.post("/v1/sessions", { task: { ...task("alone"), ticket: "Buy milk." }, mode: "solo" });
    expect(solo.body).toMatchObject({ mode: "solo", counterpart: null, ticket: "Buy milk.", policy: "Do what the ticket says." });
    expect(await t.post("/v1/sessions", { task_id: "milk", mode: "user", user: "chatty" })).toMatchObject({
      status: 422,
      body: { error: { message: "in mode 'user' the learner plays the user: leave 'user' out" } },
    });
  });

  test("choose the task by id, by index in a split, from the request, or by seed", async () => {
    await using t = await testServer();
    const taskOf = async (request: object) => (await t.post("/v1/sessions", request)).body.task_id;
    expect(await taskOf({ split: "train", index: 1 })).toBe("note");
    expect(await taskOf({ split: null, index: 3 })).toBe("resumed");
    expect(await taskOf({ task: task("mine") })).toBe("mine");
    expect(await taskOf({ split: "test", seed: 4 })).toBe("resumed");
    const drawn = await Promise.all([1, 1, 2, 3, 4, 5].map((seed) => taskOf({ split: "train", seed })));
    expect(drawn[0]).toBe(drawn[1]);
    expect(new Set(drawn)).toEqual(new Set(["milk", "note"]));
    const playable = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((seed) => taskOf({ split: null, seed })));
    expect(new Set(playable)).toEqual(new Set(["milk", "note", "resumed"]));
  });

  test.each([
    [{ task_id: "nope" }, 404, "no task 'nope' in chores; the domain has 4: 'milk', 'note', 'polite', 'resumed'"],
    [{ domain: "nope" }, 404, "no domain 'nope' on this server; available: chores"],
    [{ split: "nope" }, 404, "Invalid task split name: nope"],
    [{ split: "train", index: 2 }, 404, "no task 2 in split 'train' of chores: it has 2"],
    [{ task_id: "milk", user: "nope" }, 404, "no user 'nope' on this server; available: scripted, chatty"],
    [{ task_id: "milk", index: 1 }, 422, "task_id and index"],
    [{ task: { id: "x" } }, 422, "task is not valid: user_scenario"],
    [{ task_id: "polite" }, 422, 'without_judge: "not_graded"'],
    [{ task_id: "milk", max_steps: 0 }, 422, "body is wrong: max_steps"],
    [{ task_id: "milk", sead: 1 }, 422, 'Unrecognized key: "sead"'],
  ])("refuse a request that cannot be played, with a hint, and do not keep room reserved: %j", async (request, status, message) => {
    await using t = await testServer({ maxSessions: 1 });
    const answer = await t.post("/v1/sessions", request);
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(message)]);
    await t.create();
  });

  test("leave natural-language assertions out of the reward with without_judge", async () => {
    await using t = await testServer();
    const id = await t.create({ task_id: "polite", without_judge: "not_graded" });
    await t.step(id, buyMilk);
    expect((await t.step(id, "done()")).body).toMatchObject({
      reward: 1,
      report: { components: { NL_ASSERTION: { status: "not_graded" } } },
    });
  });

  test("are listed until they are deleted, then gone", async () => {
    await using t = await testServer();
    const [a, b] = [await t.create(), await t.create({ metadata: { marker: 2 } })];
    const { body } = await t.get("/v1/sessions");
    expect(body).toMatchObject({
      active_sessions: 2,
      max_sessions: 1000,
      sessions: [{ session_id: a }, { session_id: b, metadata: { marker: 2 }, busy: false }],
    });
    expect(await t.call("DELETE", `/v1/sessions/${a}`)).toMatchObject({ status: 200, body: { deleted: true } });
    for (const [method, path, request] of [
      ["POST", "/step", { action: "x" }],
      ["GET", "", undefined],
      ["GET", "/state", undefined],
      ["POST", "/fork", undefined],
      ["DELETE", "", undefined],
    ] as const) {
      const answer = await t.call(method, `/v1/sessions/${a}${path}`, request);
      expect(answer).toMatchObject({ status: 410, body: { error: { code: "gone", reason: "was deleted" } } });
    }
    expect((await t.get("/v1/sessions")).body.sessions).toHaveLength(1);
    expect(await t.get("/v1/sessions/never")).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  });

  test("report their current status", async () => {
    await using t = await testServer();
    const id = await t.create();
    const { body } = await t.step(id, "One moment.");
    expect((await t.get(`/v1/sessions/${id}`)).body).toMatchObject({
      step_count: 1,
      observation: body.observation,
      policy: "Help with to-dos.",
    });
  });
});

function task(id: string) {
  return {
    id,
    user_scenario: { instructions: "Buy milk." },
    evaluation_criteria: {
      actions: [{ action_id: "a", name: "create_task", arguments: { user_id: "user_1", title: "Buy milk" } }],
      reward_basis: ["DB"],
    },
  };
}

describe("snapshots and forks", () => {
  test("a snapshot can be restored repeatedly", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, "One moment.");
    const { status, body } = await t.post(`/v1/sessions/${id}/snapshot`);
    expect([status, body]).toEqual([
      201,
      { session_id: id, snapshot_id: expect.any(String), step_count: 1, expires_in_s: expect.any(Number) },
    ]);
    for (let i = 0; i < 2; i++) {
      await t.step(id, buyMilk);
      const back = await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: body.snapshot_id });
      expect(back.body).toMatchObject({ step_count: 1, observation: { text: "user: Is it done?" } });
    }
    expect((await t.step(id, "done()")).body.reward).toBe(0);
    expect((await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "start" })).body).toMatchObject({ step_count: 0, done: false });
    expect(await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "nowhere" })).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining("available: start, snapshot_") } },
    });
  });

  test("the number of snapshots is limited", async () => {
    await using t = await testServer();
    const id = await t.create();
    const session = t.server.sessions.use(id);
    while (session.state.snapshots.size < 256) await session.createSnapshot();
    expect(await t.post(`/v1/sessions/${id}/snapshot`)).toMatchObject({ status: 409, body: { error: { code: "too_many_snapshots" } } });
  });

  test("request ids can be used again after a restore", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.step(id, "One moment.", { request_id: "step-1" })).body).toMatchObject({ step_count: 1 });
    await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "previous" });
    expect((await t.step(id, buyMilk, { request_id: "step-1" })).body).toMatchObject({
      step_count: 1,
      observation: { messages: [{ role: "tool" }] },
    });
    expect((await t.step(id, "done()", { request_id: "step-2" })).body.reward).toBe(1);
  });

  test("forks are independent sessions from the current state or a snapshot", async () => {
    await using t = await testServer();
    const id = await t.create({ metadata: { group: 7 } });
    await t.step(id, buyMilk);
    const here = await t.post(`/v1/sessions/${id}/fork`);
    const start = await t.post(`/v1/sessions/${id}/fork`, { count: 2, snapshot_id: "start" });
    expect(here.body.sessions).toMatchObject([{ step_count: 1, metadata: { group: 7 }, task_id: "milk" }]);
    expect(start.body.sessions).toMatchObject([{ step_count: 0 }, { step_count: 0 }]);
    const rewards = [];
    for (const { session_id } of [...here.body.sessions, ...start.body.sessions]) {
      rewards.push((await t.step(session_id, "done()")).body.reward);
    }
    expect(rewards).toEqual([1, 0, 0]);
    expect((await t.get(`/v1/sessions/${id}`)).body.done).toBe(false);
    expect((await t.get("/v1/sessions")).body.active_sessions).toBe(4);
  });

  test("fork creates all requested sessions or none", async () => {
    await using t = await testServer({ maxSessions: 3 });
    const id = await t.create();
    expect(await t.post(`/v1/sessions/${id}/fork`, { count: 3 })).toMatchObject({ status: 429 });
    expect((await t.get("/v1/sessions")).body.active_sessions).toBe(1);
    expect((await t.post(`/v1/sessions/${id}/fork`, { count: 2 })).status).toBe(201);
  });
});
