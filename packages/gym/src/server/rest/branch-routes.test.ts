import { ModelError } from "@tau2/user-sim";
import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("branches of a session", () => {
  test("a snapshot is a place to go back to, as often as wanted", async () => {
    await using t = await testServer();
    const id = await t.create();
    await t.step(id, "One moment.");
    const { status, body } = await t.post(`/v1/sessions/${id}/snapshot`);
    expect([status, body]).toEqual([201, { session_id: id, snapshot_id: expect.any(String), step_count: 1 }]);
    for (let i = 0; i < 2; i++) {
      await t.step(id, buyMilk);
      const back = await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: body.snapshot_id });
      expect(back.body).toMatchObject({ step_count: 1, observation: { text: "user: Is it done?" } });
    }
    expect((await t.step(id, "done()")).body.reward).toBe(0);
    expect((await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "start" })).body).toMatchObject({ step_count: 0, done: false });
    expect(await t.post(`/v1/sessions/${id}/restore`, { snapshot_id: "nowhere" })).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining("there are start, snapshot_") } },
    });
  });

  test("there are only so many snapshots", async () => {
    await using t = await testServer();
    const id = await t.create();
    const session = t.server.sessions.use(id);
    while (session.snapshots.size < 256) session.snapshot();
    expect(await t.post(`/v1/sessions/${id}/snapshot`)).toMatchObject({ status: 429, body: { error: { code: "capacity" } } });
  });

  test("forks go on alone, from here or from a snapshot, with an id and a time of their own", async () => {
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

  test("there is room for all forks or for none", async () => {
    await using t = await testServer({ maxSessions: 3 });
    const id = await t.create();
    expect(await t.post(`/v1/sessions/${id}/fork`, { count: 3 })).toMatchObject({ status: 429 });
    expect((await t.get("/v1/sessions")).body.active_sessions).toBe(1);
    expect((await t.post(`/v1/sessions/${id}/fork`, { count: 2 })).status).toBe(201);
  });
});

describe("looking into a session", () => {
  test("its world: what has changed, and hashes or databases where they are asked for", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.get(`/v1/sessions/${id}/state`)).body).toMatchObject({ turn: "agent", changes: [], hashes: null, databases: null });
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

  test("its conversation, as results files and as chat completions have it", async () => {
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

  test("a user's conversation has the user as the assistant", async () => {
    await using t = await testServer();
    const id = await t.create({ task_id: "note", mode: "user", user: undefined });
    await t.step(id, "dismiss_notification(notification_id='n1')");
    expect((await t.get(`/v1/sessions/${id}/trajectory?format=openai`)).body.messages).toMatchObject([
      { role: "user", content: "Hi! How can I help you today?" },
      { role: "assistant", tool_calls: [{ function: { name: "dismiss_notification" } }] },
      { role: "tool" },
    ]);
  });

  test("its grade: what it would be now, and what it is at the end", async () => {
    await using t = await testServer();
    const id = await t.create();
    expect((await t.post(`/v1/sessions/${id}/evaluate`)).body).toMatchObject({
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

  test("a judge that does not answer is told as such, and the session is none the worse", async () => {
    await using t = await testServer({ judge: { judge: () => Promise.reject(new ModelError("timeout", "no verdict")) } });
    const id = await t.create({ task_id: "polite" });
    expect(await t.post(`/v1/sessions/${id}/evaluate`)).toMatchObject({
      status: 502,
      body: { error: { code: "upstream_failed", message: "no verdict" } },
    });
    expect((await t.step(id, buyMilk)).status).toBe(200);
    expect((await t.step(id, "done()")).body).toMatchObject({ reward: null, error: { role: "judge" }, terminated: true });
  });
});
