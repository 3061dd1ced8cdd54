import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("branches of a session", () => {
  test("a snapshot is a place to go back to, as often as wanted", async () => {
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
      body: { error: { message: expect.stringContaining("there are start, snapshot_") } },
    });
  });

  test("there are only so many snapshots", async () => {
    await using t = await testServer();
    const id = await t.create();
    const session = t.server.sessions.use(id);
    while (session.snapshots.size < 256) session.snapshot();
    expect(await t.post(`/v1/sessions/${id}/snapshot`)).toMatchObject({ status: 409, body: { error: { code: "too_many_snapshots" } } });
  });

  test("a learner that counts its steps may give their ids again after it has gone back", async () => {
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
