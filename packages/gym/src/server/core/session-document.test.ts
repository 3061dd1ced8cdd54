import { describe, expect, test } from "vitest";
import { buyMilk } from "../../../test/chores.ts";
import { testServer } from "../../../test/server.ts";

describe("import of a session document", () => {
  test("continues from the exported state, under a new id", async () => {
    await using here = await testServer();
    const id = await here.create({ metadata: { marker: 5 } });
    await here.step(id, buyMilk);
    const snapshot = (await here.post(`/v1/sessions/${id}/snapshot`)).body.snapshot_id;
    await here.step(id, "One moment.", { request_id: "s2" });
    const document = (await here.get(`/v1/sessions/${id}/export`)).body;
    expect(document).toMatchObject({ format: "tau2.session", version: 1, session_id: id, settings: { domain: "chores" } });

    await using there = await testServer();
    const moved = await there.post("/v1/sessions/import", document);
    expect(moved).toMatchObject({
      status: 201,
      body: { step_count: 2, metadata: { marker: 5 }, observation: { text: "user: Is it done?" } },
    });
    expect(moved.body.session_id).not.toBe(id);
    expect((await there.post(`/v1/sessions/${moved.body.session_id}/restore`, { snapshot_id: snapshot })).body.step_count).toBe(1);
    expect((await there.step(moved.body.session_id, "done()")).body.reward).toBe(1);
    const again = (await there.get(`/v1/sessions/${moved.body.session_id}/export`)).body;
    expect(again.episode.task).toEqual(document.episode.task);
  });

  test.each([
    ["an empty object", () => ({}), 422, "format"],
    ["another version", (d: object) => ({ ...d, version: 2 }), 422, "version"],
    ["other data", (d: { data: object }) => ({ ...d, data: { ...d.data, hash: "x" } }), 422, "played on other data"],
    ["no messages", (d: { episode: object }) => ({ ...d, episode: { ...d.episode, messages: [] } }), 422, "shared_messages"],
    ["no task", (d: { episode: object }) => ({ ...d, episode: { ...d.episode, task: 7 } }), 422, "episode.task"],
    [
      "an unknown user",
      (d: { settings: object }) => ({ ...d, settings: { ...d.settings, counterpart: "unknown" } }),
      404,
      "no user 'unknown'",
    ],
    [
      "a place beyond its end",
      (d: { snapshots: object[] }) => ({ ...d, snapshots: d.snapshots.map((s) => ({ ...s, shared_messages: 99 })) }),
      422,
      "shared_messages",
    ],
    ["a reward out of range", (d: { episode: object }) => ({ ...d, episode: { ...d.episode, ending: ending(2) } }), 422, "episode.ending"],
    ["a grade without an end", (d: { episode: object }) => ({ ...d, episode: { ...d.episode, ending: ending(1) } }), 422, "holds a grade"],
  ])("refuses %s and does not keep room reserved", async (_, spoil, status, message) => {
    await using t = await testServer({ maxSessions: 2 });
    const id = await t.create();
    await t.step(id, buyMilk);
    const document = (await t.get(`/v1/sessions/${id}/export`)).body;
    const answer = await t.post("/v1/sessions/import", (spoil as (d: unknown) => unknown)(document));
    expect([answer.status, answer.body.error.message]).toEqual([status, expect.stringContaining(message)]);
    expect((await t.post("/v1/sessions/import", document)).status).toBe(201);
  });
});

function ending(reward: number) {
  return { simulation_id: "x", ended_at: new Date(0).toISOString(), reward_info: { reward }, report: null };
}
